-- one row per moment of a forecast and deal that was open then: how likely it was to be won
{%- set levels = ['opportunity_type', 'stage', 'band_id'] %}
{%- set depths = {'totals': [], 'types': levels[:1], 'stages': levels[:2], 'ages': levels} %}
with

stays as (
    select * from {{ ref('int_deal_stays_recalled') }}
    where not has_ended and not is_left
),

odds as (
    select * from {{ ref('int_deal_odds_counted') }}
),

bands as (
    select * from {{ ref('forecast_age_bands') }}
    where is_active
),

statistics as (
    select * from {{ ref('statistics_settings') }}
    where setting_id = 'default'
),

settings as (
    select * from {{ ref('forecast_settings') }}
    where setting_id = 'default'
),

placed as (
    select
        stays.*,
        bands.band_id,
        bands.from_days,
        {%- for name in depths %}
        coalesce({{ name }}.closed_count, 0) as {{ name }}_closed,
        coalesce({{ name }}.won_count, 0) as {{ name }}_won,
        {%- endfor %}
        statistics.prior_cases,
        statistics.thin_below,
        settings.min_closed,
        settings.prior_won,
        settings.prior_lost
    from stays
    cross join statistics
    cross join settings
    left join bands
        on stays.days_in_stage >= bands.from_days
        and stays.days_in_stage < coalesce(bands.below_days, stays.days_in_stage + 1)
    {%- for name, columns in depths.items() %}
    left join odds as {{ name }}
        on stays.forecast_at = {{ name }}.forecast_at
        and {{ name }}.depth = {{ columns | length }}
        {%- for column in columns %}
        and {{ 'bands' if column == 'band_id' else 'stays' }}.{{ column }} = {{ name }}.{{ column }}
        {%- endfor %}
    {%- endfor %}
),

-- each finer share is pulled towards the coarser one; the coarsest is never 0 or 1
base_rated as (
    select
        *,
        {{ ratio('totals_won + prior_won', 'totals_closed + prior_won + prior_lost') }} as base_rate
    from placed
),

type_rated as (
    select
        *,
        {{ smoothed_rate('types_won', 'types_closed', 'base_rate', 'prior_cases') }} as type_rate
    from base_rated
),

stage_rated as (
    select
        *,
        {{ smoothed_rate('stages_won', 'stages_closed', 'type_rate', 'prior_cases') }} as stage_rate
    from type_rated
),

rated as (
    select
        *,
        totals_closed < min_closed or ages_closed = 0 as is_refused,
        ages_closed < thin_below as is_thin,
        {{ smoothed_rate('ages_won', 'ages_closed', 'stage_rate', 'prior_cases') }} as win_rate
    from stage_rated
)

select * from rated
