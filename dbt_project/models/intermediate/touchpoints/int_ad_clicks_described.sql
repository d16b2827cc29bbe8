-- one row per click on an ad: its campaign, where the click does not tell as the platform has it
with

ad_clicks as (
    select * from {{ ref('int_ad_clicks_unified') }}
),

campaigns as (
    select * from {{ ref('int_ad_campaigns_channeled') }}
),

described as (
    select
        ad_clicks.source_system,
        ad_clicks.source_table,
        ad_clicks.source_record_id,
        ad_clicks.click_id,
        ad_clicks.platform,
        ad_clicks.campaign_id,
        campaigns.campaign_name,
        coalesce(ad_clicks.campaign_type, campaigns.campaign_type) as campaign_type,
        ad_clicks.keyword,
        ad_clicks.clicked_at
    from ad_clicks
    left join campaigns
        on ad_clicks.platform = campaigns.platform
        and ad_clicks.campaign_id = campaigns.campaign_id
)

select * from described
