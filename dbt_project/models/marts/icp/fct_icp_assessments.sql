-- one row per account and ICP criterion that applies to it
with

criteria as (
    select * from {{ ref('int_icp_criteria_matched') }}
),

published as (
    select
        -- keys
        account_id,
        criterion_id,
        -- text
        value_seen,
        -- numbers
        points,
        possible_points,
        -- booleans
        met,
        is_exclusion,
        -- evidence
        rule_id,
        rule_version
    from criteria
)

select * from published
