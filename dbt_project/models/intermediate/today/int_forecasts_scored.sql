-- one row per deal and past month in which it was open: what was told of it, what became of it
with

forecasts as (
    select * from {{ ref('int_deals_forecast') }}
    where not is_current
),

deals as (
    select * from {{ ref('int_deals_priced') }}
),

outcomes as (
    select
        forecasts.forecast_at,
        forecasts.source_system,
        forecasts.opportunity_id,
        forecasts.is_refused,
        deals.has_ended and not forecasts.is_refused as is_decided,
        cast(case when deals.is_won then 1 else 0 end as decimal(9, 6)) as outcome,
        forecasts.win_rate,
        forecasts.base_rate,
        forecasts.thin_below,
        deals.amount,
        {{ months_between('forecasts.forecast_at', 'deals.ended_at') }} as horizon_months,
        cast(round(deals.amount * forecasts.win_rate, 2) as decimal(18, 2)) as expected_amount
    from forecasts
    inner join deals
        on forecasts.source_system = deals.source_system
        and forecasts.opportunity_id = deals.opportunity_id
),

scored as (
    select
        *,
        cast((win_rate - outcome) * (win_rate - outcome) as decimal(18, 9)) as error,
        cast((base_rate - outcome) * (base_rate - outcome) as decimal(18, 9)) as base_error
    from outcomes
)

select * from scored
