-- one row per pair of strong identifiers that belong together, or that a row links, as numbers
with

identifiers as (
    select * from {{ ref('int_identifiers_capped') }}
),

edges as (
    select * from {{ ref('int_identity_edges_paired') }}
    where denied_by is null
),

strong as (
    select
        identifier_id,
        node
    from identifiers
    where is_strong
        and blocked_rule_id is null
),

numbered as (
    select
        left_ends.node as left_node,
        right_ends.node as right_node
    from edges
    inner join strong as left_ends
        on edges.left_identifier_id = left_ends.identifier_id
    inner join strong as right_ends
        on edges.right_identifier_id = right_ends.identifier_id
    union all
    select
        left_ends.node as left_node,
        right_ends.node as right_node
    from edges
    inner join identifiers as left_ends
        on edges.left_identifier_id = left_ends.identifier_id
    inner join identifiers as right_ends
        on edges.right_identifier_id = right_ends.identifier_id
    where edges.linked_by is not null
)

select * from numbered
