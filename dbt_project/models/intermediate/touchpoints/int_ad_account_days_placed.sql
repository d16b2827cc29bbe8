-- one row per company, campaign and day of an ad platform: the account its domain belongs to
with

ad_account_days as (
    select
        *,
        {{ host_of('company_domain') }} as host
    from {{ ref('int_ad_account_days_unified') }}
    where activity_date is not null
),

hosts as (
    select * from {{ source('lookups', 'hosts') }}
),

domains as (
    select * from {{ ref('int_account_domains_chosen') }}
),

campaigns as (
    select * from {{ ref('int_ad_campaigns_channeled') }}
),

placed as (
    select
        ad_account_days.source_system,
        ad_account_days.source_table,
        ad_account_days.source_record_id,
        domains.account_id,
        ad_account_days.platform,
        ad_account_days.campaign_id,
        campaigns.campaign_name,
        campaigns.campaign_type,
        ad_account_days.impressions,
        ad_account_days.engagements,
        ad_account_days.clicks,
        ad_account_days.activity_date
    from ad_account_days
    left join hosts
        on ad_account_days.host = hosts.host
    left join domains
        on hosts.registrable_domain = domains.domain
    left join campaigns
        on ad_account_days.platform = campaigns.platform
        and ad_account_days.campaign_id = campaigns.campaign_id
)

select * from placed
