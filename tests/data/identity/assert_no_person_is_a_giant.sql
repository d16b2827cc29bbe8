-- persons with more strong identifiers than the row person_size of identity_rules allows
-- do: `touchline explain person ID` shows what joins them: usually one value that many share.
-- Block it by a row of blocked_values.csv, or part them by one of identity_links.csv; if it is one
-- human, raise max_count of the row. Nothing is published before
with

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
    where is_strong
),

limits as (
    select min(max_count) as max_count from {{ ref('identity_rules') }}
    where is_active
        and method = 'size_limit'
),

sizes as (
    select
        person_id,
        count(*) as identifier_count
    from clusters
    group by person_id
),

giants as (
    select sizes.*
    from sizes
    cross join limits
    where sizes.identifier_count > limits.max_count
)

select * from giants
