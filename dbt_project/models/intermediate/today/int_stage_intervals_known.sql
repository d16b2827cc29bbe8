-- one row per stay of an account in a stage begun by as_of; open if it has not ended by then
with

intervals as (
    select * from {{ ref('int_stage_intervals_built') }}
),

known as (
    select
        transition_id,
        account_id,
        from_stage,
        stage,
        stage_rank,
        {{ days_between('entered_at', as_of()) }} as observed_days,
        is_outside,
        is_reentry,
        is_skip,
        is_regression,
        entered_at,
        case when exited_at < {{ as_of() }} then exited_at end as exited_at,
        rule_id,
        rule_version,
        evidence_type,
        evidence_id
    from intervals
    where entered_at < {{ as_of() }}
)

select * from known
