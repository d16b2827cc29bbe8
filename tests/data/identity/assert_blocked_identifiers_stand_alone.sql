-- blocked identifiers that share their person with another identifier
-- do: look at the identifier's edges in int_identity_edges_paired: a blocked value must not join;
-- see blocked_values.csv
with

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

blocked as (
    select person_id from clusters
    where is_blocked
),

joined as (
    select
        clusters.person_id,
        count(*) as identifier_count
    from clusters
    inner join blocked
        on clusters.person_id = blocked.person_id
    group by clusters.person_id
)

select * from joined where identifier_count > 1
