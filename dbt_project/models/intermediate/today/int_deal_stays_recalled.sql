-- one row per moment of a forecast and stay of a deal that had begun: as known at that moment
with

stays as (
    select * from {{ ref('int_deal_stays_listed') }}
),

moments as (
    select * from {{ ref('int_forecast_moments_listed') }}
),

recalled as (
    select
        moments.forecast_at,
        moments.is_current,
        stays.*,
        least(stays.exited_at, moments.forecast_at) as seen_until,
        coalesce(stays.exited_at < moments.forecast_at, false) as is_left,
        coalesce(stays.ended_at < moments.forecast_at, false) as has_ended
    from moments
    inner join stays
        on moments.forecast_at > stays.entered_at
),

measured as (
    select
        *,
        {{ days_between('entered_at', 'seen_until') }} as days_in_stage
    from recalled
)

select * from measured
