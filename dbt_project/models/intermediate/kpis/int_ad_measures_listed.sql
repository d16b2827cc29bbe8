-- one row per measure of ads, scope and month
with

ad_days as (
    select
        *,
        cast(date_trunc('month', activity_date) as date) as month
    from {{ ref('int_ad_days_channeled') }}
),

measures as (
    {{ list_measures(
        relation='ad_days',
        month='month',
        scopes={'all': "'all'", 'channel': 'channel', 'campaign': 'campaign_id'},
        measures={
            'ad_spend': 'sum(spend_amount)',
            'ad_impressions': 'sum(impressions)',
            'ad_clicks': 'sum(clicks)',
        },
    ) }}
)

select * from measures
