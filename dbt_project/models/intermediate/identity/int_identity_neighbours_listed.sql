-- one row per identifier and other identifier that it belongs together with: each edge, both ways
with

edges as (
    select * from {{ ref('int_identity_edges_paired') }}
),

listed as (
    select
        left_identifier_id as identifier_id,
        right_identifier_id as other_identifier_id,
        first_seen_at,
        evidence
    from edges
    union all
    select
        right_identifier_id as identifier_id,
        left_identifier_id as other_identifier_id,
        first_seen_at,
        evidence
    from edges
)

select * from listed
