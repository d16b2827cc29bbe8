-- used edges whose two ends are not one person
-- do: look at the edge in int_identity_edges_paired and its ends in
-- int_guarded_identifiers_labelled: label_components did not bring them together
with

edges as (
    select * from {{ ref('int_identity_edges_paired') }}
),

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
    where not is_blocked
),

split as (
    select edges.*
    from edges
    inner join clusters as left_ends
        on edges.left_identifier_id = left_ends.identifier_id
    inner join clusters as right_ends
        on edges.right_identifier_id = right_ends.identifier_id
    where left_ends.person_id <> right_ends.person_id
)

select * from split
