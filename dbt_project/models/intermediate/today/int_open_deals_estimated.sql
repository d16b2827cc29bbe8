-- one row per open deal: how likely it is to be won and how long it takes until it ends
with

deals as (
    select * from {{ ref('int_deals_priced') }}
    where not has_ended
),

forecasts as (
    select * from {{ ref('int_deals_forecast') }}
    where is_current
),

waits as (
    select * from {{ ref('int_deal_waits_estimated') }}
),

estimated as (
    select
        deals.*,
        forecasts.stage as logged_stage,
        forecasts.forecast_at,
        forecasts.days_in_stage,
        forecasts.from_days,
        forecasts.ages_closed,
        forecasts.ages_won,
        forecasts.totals_closed,
        forecasts.min_closed,
        coalesce(forecasts.is_refused, true) as is_refused,
        coalesce(forecasts.is_thin, true) as is_thin,
        case when not forecasts.is_refused then forecasts.win_rate end as win_probability,
        forecasts.ages_closed + forecasts.prior_cases as weighted_count,
        waits.early_days,
        waits.median_days,
        waits.late_days
    from deals
    left join forecasts
        on deals.source_system = forecasts.source_system
        and deals.opportunity_id = forecasts.opportunity_id
    left join waits
        on forecasts.forecast_at = waits.forecast_at
        and forecasts.stage = waits.stage
        and forecasts.band_id = waits.band_id
),

dated as (
    select
        *,
        cast(round(amount * win_probability, 2) as decimal(18, 2)) as expected_amount,
        cast(round(
            cast(cast(amount as decimal(16, 2)) * cast(amount as decimal(16, 2)) as decimal(32, 4))
            * cast(win_probability * (1 - win_probability) as decimal(6, 6)), 2
        ) as decimal(38, 2)) as variance,
        {{ local_date(add_days('forecast_at', 'early_days')) }} as expected_close_low,
        {{ local_date(add_days('forecast_at', 'median_days')) }} as expected_close,
        {{ local_date(add_days('forecast_at', 'late_days')) }} as expected_close_high
    from estimated
)

select * from dated
