-- one row per version of a click on an ad, as the platform reports it, typed
with

raw_rows as (
    select * from {{ source('files', 'ad_clicks') }}
),

typed as (
    select
        -- ids
        click_id,
        lower(trim(platform)) as platform,
        campaign_id,
        adgroup_id,
        ad_id,
        -- text
        lower(trim(campaign_type)) as campaign_type,
        keyword,
        -- dates and timestamps
        {{ try_timestamp('clicked_at') }} as clicked_at,
        -- load
        {{ load_columns('ad_clicks', key=['click_id']) }}
    from raw_rows
)

select * from typed
