-- one row per version of an ad and day as the platform reports it, typed
with

raw_rows as (
    select * from {{ source('files', 'ad_days') }}
),

typed as (
    select
        -- ids
        lower(trim(platform)) as platform,
        ad_account_id,
        campaign_id,
        adgroup_id,
        ad_id,
        -- text
        country,
        campaign_name,
        lower(trim(campaign_type)) as campaign_type,
        adgroup_name,
        ad_name,
        currency,
        -- numbers
        {{ try_integer('impressions') }} as impressions,
        {{ try_integer('clicks') }} as clicks,
        {{ try_integer('video_views') }} as video_views,
        {{ try_number('spend') }} as spend,
        {{ try_number('platform_conversions') }} as platform_conversions,
        -- dates and timestamps
        {{ try_date('date') }} as activity_date,
        -- load
        {{ load_columns('ad_days', key=[
            'platform', 'ad_account_id', 'campaign_id', 'adgroup_id', 'ad_id', 'country', 'date',
        ]) }}
    from raw_rows
)

select * from typed
