-- one row per deal and past month for which an end could be told: whether it came when it was told
{%- set early_at = add_days('forecasts.forecast_at', 'waits.early_days') %}
{%- set late_at = add_days('forecasts.forecast_at', 'waits.late_days') %}
with

forecasts as (
    select * from {{ ref('int_deals_forecast') }}
    where not is_current
),

waits as (
    select * from {{ ref('int_deal_waits_estimated') }}
    where early_days is not null and late_days is not null
),

deals as (
    select * from {{ ref('int_deals_priced') }}
),

judged as (
    select
        forecasts.forecast_at,
        forecasts.source_system,
        forecasts.opportunity_id,
        deals.has_ended or {{ late_at }} < {{ as_of() }} as is_known,
        deals.has_ended and deals.ended_at between {{ early_at }} and {{ late_at }} as is_within
    from forecasts
    inner join waits
        on forecasts.forecast_at = waits.forecast_at
        and forecasts.stage = waits.stage
        and forecasts.band_id = waits.band_id
    inner join deals
        on forecasts.source_system = deals.source_system
        and forecasts.opportunity_id = deals.opportunity_id
)

select * from judged
