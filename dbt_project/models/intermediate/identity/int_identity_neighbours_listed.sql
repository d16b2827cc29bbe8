-- one row per identifier and other one that it belongs together with: each edge, both ways
with

edges as (
    select * from {{ ref('int_identity_edges_paired') }}
    where denied_by is null
),

listed as (
    select
        left_identifier_id as identifier_id,
        right_identifier_id as other_identifier_id,
        first_seen_at,
        evidence,
        linked_by
    from edges
    union all
    select
        right_identifier_id as identifier_id,
        left_identifier_id as other_identifier_id,
        first_seen_at,
        evidence,
        linked_by
    from edges
)

select * from listed
