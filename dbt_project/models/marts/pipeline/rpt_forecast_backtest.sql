-- one row per slice of the forecasts made again for past months: what they said, what came true
{%- set amounts = {'expected_amount': 'decided_count', 'won_amount': 'won_count'} %}
{%- set slices = {
    'all': "'all'", 'month': 'cast(forecast_at as date)', 'horizon': 'horizon_months',
    'probability': 'cast(floor(win_rate * 10) / 10 as decimal(3, 1))',
} %}
with

forecasts as (
    select * from {{ ref('int_forecasts_scored') }}
),

closings as (
    select * from {{ ref('int_forecast_closings_judged') }}
    where is_known
),

scored as (
    select
        forecasts.*,
        closings.is_within
    from forecasts
    left join closings
        on forecasts.forecast_at = closings.forecast_at
        and forecasts.source_system = closings.source_system
        and forecasts.opportunity_id = closings.opportunity_id
),

sliced as (
    {% for slice, value in slices.items() -%}
    select
        *,
        '{{ slice }}' as slice_type,
        cast({{ value }} as varchar(255)) as slice_value
    from scored
    where {{ value }} is not null {{ 'and not is_refused' if slice == 'probability' }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

summed as (
    select
        slice_type,
        slice_value,
        thin_below,
        count(opportunity_id) as forecast_count,
        sum(case when is_refused then 1 else 0 end) as refused_count,
        sum(case when is_decided then 1 else 0 end) as decided_count,
        sum(case when is_decided then outcome end) as won_count,
        sum(case when is_decided then win_rate end) as expected_count,
        sum(case when is_decided then error end) as error,
        sum(case when is_decided then base_error end) as base_error,
        count(is_within) as dated_count,
        sum(case when is_within then 1 else 0 end) as within_count,
        sum(case when is_decided and amount is null then 1 else 0 end) as unpriced_count,
        sum(case when is_decided then expected_amount end) as expected_amount,
        sum(case when is_decided and outcome = 1 then amount end) as won_amount
    from sliced
    group by slice_type, slice_value, thin_below
),

compared as (
    select
        -- keys
        slice_type,
        slice_value,
        -- numbers
        cast(forecast_count as bigint) as forecast_count,
        cast(refused_count as bigint) as refused_count,
        cast(forecast_count - refused_count - decided_count as bigint) as undecided_count,
        cast(decided_count as bigint) as decided_count,
        cast(coalesce(won_count, 0) as bigint) as won_count,
        {{ ratio('expected_count', 'decided_count') }} as predicted_share,
        {{ ratio('won_count', 'decided_count') }} as won_share,
        {{ wilson_bound('won_count', 'decided_count', -1) }} as won_share_low,
        {{ wilson_bound('won_count', 'decided_count', 1) }} as won_share_high,
        {{ ratio('error', 'decided_count') }} as brier_score,
        {{ ratio('base_error', 'decided_count') }} as base_brier_score,
        cast(dated_count as bigint) as dated_count,
        {{ ratio('within_count', 'dated_count') }} as within_share,
        {{ wilson_bound('within_count', 'dated_count', -1) }} as within_share_low,
        {{ wilson_bound('within_count', 'dated_count', 1) }} as within_share_high,
        cast(unpriced_count as bigint) as unpriced_count,
        {%- for amount, count in amounts.items() %}
        cast(case when {{ count }} > 0 then {{ amount }} else 0 end as decimal(18, 2))
            as {{ amount }},
        {%- endfor %}
        -- booleans
        decided_count < thin_below as is_thin
    from summed
)

select * from compared
