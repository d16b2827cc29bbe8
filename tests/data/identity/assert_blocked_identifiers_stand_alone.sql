-- blocked identifiers that share their person with another identifier and that no row links to one
-- do: look at the identifier's edges in int_identity_edges_paired: a blocked value must not join;
-- see blocked_values.csv
with

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

linked as (
    select identifier_id from {{ ref('int_identity_neighbours_listed') }}
    where linked_by is not null
),

blocked as (
    select clusters.person_id
    from clusters
    left join linked
        on clusters.identifier_id = linked.identifier_id
    where clusters.is_blocked
        and linked.identifier_id is null
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

select * from joined
where identifier_count > 1
