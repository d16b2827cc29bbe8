-- one row per web event with a click id that an ad platform reported: the campaign of that click
with

web_events as (
    select
        web_events.source_system,
        web_events.source_record_id,
        coalesce(web_events.device_key, web_events.source_record_id) as visitor_key,
        {{ click_id_value('web_events') }} as click_id
    from {{ ref('int_web_events_unified') }} as web_events
),

ad_clicks as (
    select * from {{ ref('int_ad_clicks_described') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by click_id
            order by clicked_at nulls last, source_system, source_record_id
        ) as preference
    from ad_clicks
),

matched as (
    select
        web_events.source_system,
        web_events.source_record_id,
        web_events.visitor_key,
        ranked.platform as ad_platform,
        ranked.campaign_id as ad_campaign_id,
        ranked.campaign_type as ad_campaign_type
    from web_events
    inner join ranked
        on web_events.click_id = ranked.click_id
        and ranked.preference = 1
)

select * from matched
