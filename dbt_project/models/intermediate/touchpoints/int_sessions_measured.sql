-- one row per web session: when, how much, on what, how its visitor came; no person, no verdict yet
with

web_events as (
    select * from {{ touched(ref('int_web_events_judged')) }}
    where session_id is not null
),

landings as (
    select * from {{ ref('int_landings_channeled') }}
),

placed as (
    select
        web_events.*,
        landings.is_direct,
        case when web_events.click_id is not null then web_events.event_number end
            as click_number,
        case when web_events.grain = 'visit' then web_events.event_number end as anchor_number,
        case when web_events.page_url is not null then web_events.event_number end as page_number,
        web_events.page_priority * 1000000 + web_events.event_number as page_order
    from web_events
    left join landings
        on web_events.landing_key = landings.landing_key
),

measured as (
    select
        session_id,
        source_system,
        device_key,
        is_bot,
        min(bot_rule_id) as bot_rule_id,
        min(source_table) as source_table,
        {{ min_by('source_record_id', 'anchor_number') }} as anchor_record_id,
        coalesce(
            {{ min_by('landing_key', 'case when not is_direct then event_number end') }},
            {{ min_by('landing_key', 'event_number') }}
        ) as landing_key,
        {{ min_by('click_id', 'click_number') }} as click_id,
        {{ min_by('page_url', 'page_number') }} as landing_page,
        {{ min_by('page_path', 'page_number') }} as landing_path,
        {{ min_by('page_path', 'page_order') }} as content,
        {{ min_by('content_type', 'page_order') }} as content_type,
        {{ min_by('category', 'page_order') }} as category,
        {{ min_by('device_type', 'event_number') }} as device_type,
        {{ min_by('user_agent', 'event_number') }} as user_agent,
        {{ min_by('country', 'event_number') }} as country,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        count(*) as event_count,
        sum(case when is_page_view then 1 else 0 end) as page_views,
        sum(case when is_key_event then 1 else 0 end) as key_events,
        cast(round(sum(engaged_seconds)) as bigint) as engaged_seconds_sent
    from placed
    group by session_id, source_system, device_key, is_bot
)

select * from measured
