-- one row per pair of usable strong identifiers that belong together, as numbers
with

identifiers as (
    select * from {{ ref('int_identifiers_capped') }}
    where is_strong
        and blocked_rule_id is null
),

edges as (
    select * from {{ ref('int_identity_edges_paired') }}
),

numbered as (
    select
        left_ends.node as left_node,
        right_ends.node as right_node
    from edges
    inner join identifiers as left_ends
        on edges.left_identifier_id = left_ends.identifier_id
    inner join identifiers as right_ends
        on edges.right_identifier_id = right_ends.identifier_id
)

select * from numbered
