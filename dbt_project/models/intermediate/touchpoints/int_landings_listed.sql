-- one row per distinct landing: tags, click ids and outside referrer that events came with; own pages are no referrer
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

landings as (
    select distinct
        {{ landing_key() }} as landing_key,
        source_system,
        lower(utm_source) as tagged_source,
        lower(utm_medium) as medium,
        lower(utm_campaign) as campaign,
        nullif({{ click_ids_present() }}, '') as click_ids,
        referrer_host,
        page_host
    from web_events
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

listed as (
    select
        with_domains.landing_key,
        with_domains.source_system,
        with_domains.tagged_source as source,
        with_domains.medium,
        with_domains.campaign,
        campaign_names.campaign_id,
        campaign_names.campaign_type,
        with_domains.click_ids,
        case when referrer_domain <> coalesce(page_domain, '') then referrer_host end as referrer_host,
        case when referrer_domain <> coalesce(page_domain, '') then referrer_domain end
            as referrer_domain
    from with_domains
    left join campaign_names
        on with_domains.campaign = campaign_names.tag
)

select * from listed
