-- one row per touchpoint to which a click on an ad led, of an ad that its platform tells
with

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
),

sessions as (
    select * from {{ ref('int_sessions_channeled') }}
),

ad_clicks as (
    select * from {{ ref('int_ad_clicks_unified') }}
    where ad_id is not null
),

ranked as (
    select
        touchpoints.touchpoint_id,
        touchpoints.campaign_id,
        ad_clicks.ad_id,
        row_number() over (
            partition by touchpoints.touchpoint_id
            order by
                ad_clicks.clicked_at nulls last,
                ad_clicks.source_system,
                ad_clicks.source_record_id
        ) as preference
    from touchpoints
    inner join sessions
        on touchpoints.session_id = sessions.session_id
    inner join ad_clicks
        on sessions.click_id = ad_clicks.click_id
        and touchpoints.campaign_id = ad_clicks.campaign_id
),

told as (
    select
        touchpoint_id,
        campaign_id,
        ad_id
    from ranked
    where preference = 1
)

select * from told
