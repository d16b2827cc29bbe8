-- one row per identifier with the person it belongs to
with

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

identifiers as (
    select
        -- keys
        identifier_id,
        person_id,
        -- text
        identifier_type,
        issuer,
        identifier_value,
        source_system,
        blocked_reason,
        -- booleans
        is_blocked,
        -- timestamps
        first_seen_at,
        last_seen_at,
        -- evidence
        joined_by,
        blocked_rule_id,
        misdated_rule_id
    from clusters
)

select * from identifiers
