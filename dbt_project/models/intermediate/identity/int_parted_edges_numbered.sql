-- one row per used pair of identifiers within what has to be parted, as numbers of declared humans
with

identifiers as (
    select * from {{ ref('int_identifiers_grouped') }}
),

anchors as (
    select * from {{ ref('int_identity_anchors_listed') }}
),

edges as (
    select * from {{ ref('int_identity_edges_paired') }}
    where denied_by is null
),

members as (
    select distinct identifiers.*
    from identifiers
    inner join anchors
        on identifiers.group_node = anchors.group_node
),

numbered as (
    select distinct
        left_ends.group_node,
        left_ends.human_node as left_node,
        right_ends.human_node as right_node
    from edges
    inner join members as left_ends
        on edges.left_identifier_id = left_ends.identifier_id
    inner join members as right_ends
        on edges.right_identifier_id = right_ends.identifier_id
    where left_ends.human_node <> right_ends.human_node
        and (
            edges.linked_by is not null
            or (not left_ends.is_blocked and not right_ends.is_blocked)
        )
)

select * from numbered
