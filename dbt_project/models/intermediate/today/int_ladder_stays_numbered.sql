-- one row per stay of an account in a stage of its ladder, numbered per stage
with

intervals as (
    select * from {{ ref('int_stage_intervals_known') }}
),

ladder as (
    select * from {{ ref('int_stage_ladder_ranked') }}
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

stays as (
    select
        intervals.account_id,
        intervals.stage,
        intervals.entered_at,
        intervals.exited_at,
        intervals.observed_days,
        intervals.is_outside,
        accounts.motion,
        ladder.position,
        row_number() over (
            partition by intervals.account_id, intervals.stage
            order by intervals.entered_at
        ) as entry_number,
        count(*) over (partition by intervals.account_id, intervals.stage) as stay_count,
        lead(intervals.is_regression) over (
            partition by intervals.account_id
            order by intervals.entered_at
        ) as is_fallen_from
    from intervals
    inner join accounts
        on intervals.account_id = accounts.account_id
    inner join ladder
        on intervals.stage = ladder.stage
        and accounts.motion = ladder.motion
),

-- what is true of any stay of the account in the stage
turned as (
    select
        *,
        stay_count > 1 as is_reentered,
        max(case when is_fallen_from then 1 else 0 end) over (
            partition by account_id, stage
        ) = 1 as is_regressed
    from stays
)

select * from turned
