-- one row per campaign, ad, month, model and conversion type; spend is repeated in each of them
{%- set keys = ['campaign_id', 'ad_id'] %}
with

ads as (
    select * from {{ ref('int_ads_listed') }}
),

credited as (
    select * from {{ ref('fct_attribution') }}
),

clicked_ads as (
    select * from {{ ref('int_touchpoint_ads_told') }}
),

dated_spend as (
    select * from {{ ref('int_spend_dated') }}
),

spend as (
    select
        {%- for key in keys %}
        coalesce({{ key }}, {{ no_channel() }}) as {{ key }},
        {%- endfor %}
        cast(date_trunc('month', spend_date) as date) as month,
        {{ spend_sums() }}
    from dated_spend
    group by
        {%- for key in keys %}
        coalesce({{ key }}, {{ no_channel() }}),
        {%- endfor %}
        cast(date_trunc('month', spend_date) as date)
),

touched_ads as (
    select
        credited.*,
        clicked_ads.ad_id
    from credited
    left join clicked_ads
        on credited.touchpoint_id = clicked_ads.touchpoint_id
        and credited.campaign_id = clicked_ads.campaign_id
),

credits as (
    {{ credit_sums('touched_ads', {
        'campaign_id': 'coalesce(credits.campaign_id, ' ~ no_channel() ~ ')',
        'ad_id': 'coalesce(credits.ad_id, ' ~ no_channel() ~ ')',
    }) }}
),

models as (
    {{ models_with_refusals() }}
),

performance as (
    {{ spend_beside_credit(keys, spend='spend', credits='credits', models='models') }}
),

named as (
    select
        performance.*,
        ads.channel,
        ads.platform,
        ads.ad_name
    from performance
    left join ads
        on performance.campaign_id = ads.campaign_id
        and performance.ad_id = ads.ad_id
)

select * from named
