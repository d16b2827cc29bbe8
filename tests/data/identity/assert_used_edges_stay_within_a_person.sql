-- pairs of usable identifiers in two persons although nothing parts them
-- do: look at the edge in int_identity_edges_paired and its ends in
-- int_guarded_identifiers_labelled: label_components did not bring them together
with

edges as (
    select * from {{ ref('int_identity_edges_paired') }}
    where denied_by is null
),

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
    where not is_blocked
),

parted as (
    select grouped.identifier_id
    from {{ ref('int_identifiers_grouped') }} as grouped
    inner join {{ ref('int_identity_anchors_listed') }} as anchors
        on grouped.group_node = anchors.group_node
),

split as (
    select edges.*
    from edges
    inner join clusters as left_ends
        on edges.left_identifier_id = left_ends.identifier_id
    inner join clusters as right_ends
        on edges.right_identifier_id = right_ends.identifier_id
    left join parted
        on edges.left_identifier_id = parted.identifier_id
    where left_ends.person_id <> right_ends.person_id
        and parted.identifier_id is null
)

select * from split
