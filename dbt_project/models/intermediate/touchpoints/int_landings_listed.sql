-- one row per distinct landing: tags, click ids and referrer; own pages are no referrer
with

web_events as (
    select * from {{ ref('int_web_events_unified') }}
),

hosts as (
    select * from {{ source('lookups', 'hosts') }}
),

campaign_names as (
    select * from {{ ref('int_campaign_names_listed') }}
),

ad_clicks as (
    select * from {{ ref('int_web_clicks_matched') }}
),

landings as (
    select distinct
        {{ landing_key() }} as landing_key,
        web_events.source_system,
        lower(web_events.utm_source) as tagged_source,
        lower(web_events.utm_medium) as medium,
        lower(web_events.utm_campaign) as campaign,
        nullif({{ click_ids_present() }}, '') as click_ids,
        web_events.referrer_host,
        web_events.page_host,
        ad_clicks.ad_platform,
        ad_clicks.ad_campaign_id,
        ad_clicks.ad_campaign_type
    from web_events
    left join ad_clicks
        on web_events.source_system = ad_clicks.source_system
        and web_events.source_record_id = ad_clicks.source_record_id
),

with_domains as (
    select
        landings.*,
        coalesce(referrers.registrable_domain, landings.referrer_host) as referrer_domain,
        coalesce(pages.registrable_domain, landings.page_host) as page_domain
    from landings
    left join hosts as referrers
        on landings.referrer_host = referrers.host
    left join hosts as pages
        on landings.page_host = pages.host
),

compared as (
    select
        *,
        referrer_domain <> coalesce(page_domain, '') as is_outside
    from with_domains
),

listed as (
    select
        compared.landing_key,
        compared.source_system,
        compared.tagged_source as source,
        compared.medium,
        compared.campaign,
        coalesce(compared.ad_campaign_id, campaign_names.campaign_id) as campaign_id,
        coalesce(compared.ad_campaign_type, campaign_names.campaign_type) as campaign_type,
        compared.ad_platform,
        compared.click_ids,
        case when compared.is_outside then compared.referrer_host end as referrer_host,
        case when compared.is_outside then compared.referrer_domain end as referrer_domain
    from compared
    left join campaign_names
        on compared.campaign = campaign_names.tag
)

select * from listed
