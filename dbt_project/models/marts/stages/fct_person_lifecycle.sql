-- one row per state a person came into
with

lifecycles as (
    select * from {{ ref('int_person_lifecycle_known') }}
),

published as (
    select
        -- keys
        person_id,
        account_id,
        -- text
        lifecycle,
        previous_lifecycle,
        -- numbers
        lifecycle_rank,
        {{ days_between('entered_at', 'exited_at') }} as days_in_lifecycle,
        -- booleans
        is_recycle,
        -- timestamps
        entered_at,
        exited_at,
        -- evidence
        rule_id,
        rule_version,
        evidence_type,
        evidence_id
    from lifecycles
)

select * from published
