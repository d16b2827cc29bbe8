-- pairs of identifiers that a row of identity_links unlinks and that are one person all the same
-- do: build identity in full, `touchline build --full-refresh`; if the pair stays, part_components
-- left a path between the two, which the pair's edges in fct_identity_edges show
with

links as (
    select * from {{ ref('int_identity_links_declared') }}
    where action = 'unlink'
),

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

together as (
    select
        links.rule_id,
        left_ends.person_id
    from links
    inner join clusters as left_ends
        on links.left_identifier_id = left_ends.identifier_id
    inner join clusters as right_ends
        on links.right_identifier_id = right_ends.identifier_id
    where left_ends.person_id = right_ends.person_id
)

select * from together
