-- campaigns, months, models and types in which ads together have another spend or credit than the campaign
-- do: compare rpt_ad_performance with rpt_campaign_performance for the campaign: both sum int_spend_dated
-- and fct_attribution
{%- set sums = [
    'spend', 'media_spend', 'platform_conversions', 'unconverted_count', 'credited_conversions',
    'unpriced_conversions', 'credited_amount',
] %}
{%- set row = ['campaign_id', 'month', 'model_id', 'conversion_type'] %}
with

ads as (
    select
        {{ row | join(', ') }},
        {%- for name in sums %}
        sum({{ name }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('rpt_ad_performance') }}
    group by {{ row | join(', ') }}
),

campaigns as (
    select * from {{ ref('rpt_campaign_performance') }}
)

select
    coalesce(ads.campaign_id, campaigns.campaign_id) as campaign_id,
    coalesce(ads.month, campaigns.month) as month
from ads
full outer join campaigns
    on {{ same_columns('ads', 'campaigns', row) }}
where
    ads.campaign_id is null
    or campaigns.campaign_id is null
    {%- for name in sums %}
    or coalesce(ads.{{ name }}, 0) <> coalesce(campaigns.{{ name }}, 0)
    {%- endfor %}
