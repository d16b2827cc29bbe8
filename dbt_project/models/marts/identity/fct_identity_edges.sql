-- one row per pair of identifiers that belong together by some evidence, used or not
with

edges as (
    select * from {{ ref('int_identity_edges_paired') }}
),

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

judged as (
    select
        -- keys
        edges.left_identifier_id,
        edges.right_identifier_id,
        case
            when not left_ends.is_blocked and not right_ends.is_blocked then left_ends.person_id
        end as person_id,
        -- text
        left_ends.identifier_type as left_type,
        right_ends.identifier_type as right_type,
        -- booleans
        not left_ends.is_blocked and not right_ends.is_blocked as is_used,
        -- timestamps
        edges.first_seen_at,
        edges.last_seen_at,
        -- evidence
        edges.evidence,
        edges.source_system,
        edges.source_record_id
    from edges
    inner join clusters as left_ends
        on edges.left_identifier_id = left_ends.identifier_id
    inner join clusters as right_ends
        on edges.right_identifier_id = right_ends.identifier_id
)

select * from judged
