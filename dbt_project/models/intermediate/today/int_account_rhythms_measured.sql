-- one row per account that ever did something: how long it is silent, how long it usually is
with

gaps as (
    select * from {{ ref('int_account_days_listed') }}
),

statistics as (
    select * from {{ ref('statistics_settings') }}
    where setting_id = 'default'
),

usual_of_motion as (
    select
        motion,
        {{ percentile('gap_days', 0.9) }} as usual_gap_days
    from gaps
    group by motion
),

own_rhythms as (
    select
        account_id,
        motion,
        count(gap_days) as gap_count,
        {{ percentile('gap_days', 0.9) }} as usual_gap_days,
        max(last_act_at) as last_act_at,
        max(last_reply_at) as last_reply_at
    from gaps
    group by account_id, motion
),

measured as (
    select
        own_rhythms.account_id,
        own_rhythms.gap_count,
        {{ days_between('own_rhythms.last_act_at', as_of()) }} as days_silent,
        cast(round(case
            when own_rhythms.gap_count >= statistics.thin_below then own_rhythms.usual_gap_days
            else usual_of_motion.usual_gap_days
        end, 4) as decimal(12, 4)) as usual_gap_days,
        own_rhythms.last_act_at,
        own_rhythms.last_reply_at
    from own_rhythms
    cross join statistics
    inner join usual_of_motion
        on own_rhythms.motion = usual_of_motion.motion
)

select * from measured
