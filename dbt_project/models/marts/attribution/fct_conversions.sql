-- one row per conversion: an outcome that attribution credits
with

conversions as (
    select * from {{ ref('int_conversions_unioned') }}
),

published as (
    select
        -- keys
        conversion_id,
        account_id,
        person_id,
        journey_id,
        touchpoint_id,
        -- text
        conversion_type,
        motion,
        -- numbers
        amount,
        -- timestamps
        occurred_at,
        -- evidence
        rule_id,
        rule_version,
        evidence_type,
        evidence_id
    from conversions
)

select * from published
