-- one row per moment of a forecast and type of deal, stage, age in it: how many ended, were won
{%- set levels = ['opportunity_type', 'stage', 'band_id'] %}
with

stays as (
    select * from {{ ref('int_deal_stays_recalled') }}
    where has_ended
),

bands as (
    select * from {{ ref('forecast_age_bands') }}
    where is_active
),

-- who stayed for a quarter of a year was there on the first day, too
aged as (
    select
        stays.*,
        stays.source_system || '|' || stays.opportunity_id as deal_key,
        bands.band_id
    from stays
    left join bands
        on stays.days_in_stage >= bands.from_days
),

counted as (
    {% for depth in range(4) -%}
    select
        forecast_at,
        {{ depth }} as depth,
        {%- for level in levels %}
        {{ level if loop.index <= depth else 'cast(null as varchar(255)) as ' ~ level }},
        {%- endfor %}
        count(distinct deal_key) as closed_count,
        count(distinct case when is_won then deal_key end) as won_count
    from aged
    {{ 'where stage is not null' if depth > 1 }}
    group by {{ (['forecast_at'] + levels[:depth]) | join(', ') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from counted
