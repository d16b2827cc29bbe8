-- campaigns, months, models and types in which ads together have another spend or credit
-- do: compare rpt_ad_performance with rpt_campaign_performance: both sum the same money and credits
{%- set row = ['campaign_id', 'month', 'model_id', 'conversion_type'] %}
with

ads as (
    select
        campaign_id,
        month,
        model_id,
        conversion_type,
        sum(spend) as spend,
        sum(media_spend) as media_spend,
        sum(unconverted_count) as unconverted_count,
        sum(credited_conversions) as credited_conversions,
        sum(unpriced_conversions) as unpriced_conversions,
        coalesce(sum(credited_amount), 0) as credited_amount
    from {{ ref('rpt_ad_performance') }}
    group by campaign_id, month, model_id, conversion_type
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
    or ads.spend <> campaigns.spend
    or ads.media_spend <> campaigns.media_spend
    or ads.unconverted_count <> campaigns.unconverted_count
    or ads.credited_conversions <> campaigns.credited_conversions
    or ads.unpriced_conversions <> campaigns.unpriced_conversions
    or ads.credited_amount <> coalesce(campaigns.credited_amount, 0)
