-- one row per ad of a campaign that a platform reports: where it runs, and its latest name
with

ad_days as (
    select * from {{ ref('int_ad_days_channeled') }}
    where campaign_id is not null and ad_id is not null
),

listed as (
    select
        campaign_id,
        ad_id,
        min(channel) as channel,
        min(platform) as platform,
        {{ max_by('ad_name', 'activity_date', tie='ad_name') }} as ad_name
    from ad_days
    group by campaign_id, ad_id
)

select * from listed
