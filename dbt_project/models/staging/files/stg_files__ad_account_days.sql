-- one row per version of a company, campaign and day an ad platform reports, typed
with

raw_rows as (
    select * from {{ source('files', 'ad_account_days') }}
),

typed as (
    select
        -- ids
        lower(trim(platform)) as platform,
        campaign_id,
        -- text
        lower(trim(company_domain)) as company_domain,
        company_name,
        -- numbers
        {{ try_integer('impressions') }} as impressions,
        {{ try_integer('engagements') }} as engagements,
        {{ try_integer('clicks') }} as clicks,
        -- dates and timestamps
        {{ try_date('date') }} as activity_date,
        -- load
        {{ load_columns(
            'ad_account_days', key=['platform', 'company_domain', 'campaign_id', 'date']
        ) }}
    from raw_rows
)

select * from typed
