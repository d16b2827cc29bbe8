-- one row per pair of identifiers that belong together by some evidence, used or not
with

edges as (
    select * from {{ ref('int_identity_edges_paired') }}
),

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

ends as (
    select
        edges.*,
        left_ends.person_id as left_person_id,
        left_ends.identifier_type as left_type,
        right_ends.identifier_type as right_type,
        case
            when edges.denied_by is not null then 'unlinked'
            when edges.linked_by is null and (left_ends.is_blocked or right_ends.is_blocked)
                then 'blocked'
            when left_ends.person_id <> right_ends.person_id then 'parted'
        end as unused_reason
    from edges
    inner join clusters as left_ends
        on edges.left_identifier_id = left_ends.identifier_id
    inner join clusters as right_ends
        on edges.right_identifier_id = right_ends.identifier_id
),

judged as (
    select
        -- keys
        left_identifier_id,
        right_identifier_id,
        case when unused_reason is null then left_person_id end as person_id,
        -- text
        left_type,
        right_type,
        unused_reason,
        -- booleans
        unused_reason is null as is_used,
        -- timestamps
        first_seen_at,
        last_seen_at,
        -- evidence
        evidence,
        source_system,
        source_record_id,
        linked_by,
        denied_by
    from ends
)

select * from judged
