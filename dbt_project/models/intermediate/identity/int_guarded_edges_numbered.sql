-- one row per pair of usable identifiers that strong evidence has not joined yet, as numbers
with

identifiers as (
    select * from {{ ref('int_identifiers_guarded') }}
    where not is_blocked
),

edges as (
    select * from {{ ref('int_identity_edges_paired') }}
    where denied_by is null
),

numbered as (
    select distinct
        left_ends.strong_node as left_node,
        right_ends.strong_node as right_node
    from edges
    inner join identifiers as left_ends
        on edges.left_identifier_id = left_ends.identifier_id
    inner join identifiers as right_ends
        on edges.right_identifier_id = right_ends.identifier_id
    where left_ends.strong_node <> right_ends.strong_node
)

select * from numbered
