-- one row per stay of an account in a stage: was it watched long enough, did it move up in time
with

intervals as (
    select * from {{ ref('int_stage_intervals_built') }}
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

windows as (
    select * from {{ ref('lift_windows') }}
    where is_active
),

known as (
    select max(last_date) as last_date from {{ ref('int_dates_spanned') }}
),

advances as (
    select
        intervals.transition_id,
        min(higher.entered_at) as advanced_at
    from intervals
    inner join intervals as higher
        on intervals.account_id = higher.account_id
        and intervals.entered_at < higher.entered_at
        and intervals.stage_rank < higher.stage_rank
        and not higher.is_outside
    group by intervals.transition_id
),

watched as (
    select
        intervals.transition_id as stay_id,
        intervals.account_id,
        intervals.stage,
        accounts.motion,
        intervals.entered_at,
        intervals.exited_at,
        advances.advanced_at,
        {{ add_days('intervals.entered_at', 'windows.touch_days') }} as watched_from,
        {{ add_days('intervals.entered_at', 'windows.touch_days + windows.outcome_days') }}
            as watched_until
    from intervals
    cross join windows
    inner join accounts
        on intervals.account_id = accounts.account_id
    left join advances
        on intervals.transition_id = advances.transition_id
    where not intervals.is_outside
),

-- who left before the watch begins had less time to be touched: neither touched nor untouched
followed as (
    select
        watched.*,
        (watched.exited_at is null or watched.exited_at >= watched.watched_from)
        and {{ local_date('watched.watched_until') }} <= known.last_date as is_followed,
        coalesce(watched.advanced_at <= watched.watched_until, false) as is_advanced
    from watched
    cross join known
)

select * from followed
