-- one row per web event: its session, its bot verdict, what its page is about and what it is worth
with

web_events as (
    select
        *,
        {{ event_detail() }} as event_detail
    from {{ touched(ref('int_web_events_unified')) }}
),

sessionized as (
    select * from {{ touched(ref('int_web_events_sessionized')) }}
),

identified as (
    select * from {{ touched(ref('int_web_events_identified')) }}
),

sessions as (
    select * from {{ touched(ref('int_sessions_identified')) }}
),

pages as (
    select * from {{ ref('int_pages_classified') }}
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where record_kind = 'web_events'
),

judged as (
    select
        -- keys
        web_events.source_system,
        web_events.source_table,
        web_events.source_record_id,
        web_events.device_key,
        coalesce(
            case when not identified.is_blocked then identified.identifier_id end,
            sessions.identifier_id,
            identified.identifier_id
        ) as identifier_id,
        sessionized.session_id,
        sessionized.landing_key,
        -- text
        web_events.event_name,
        web_events.event_detail,
        types.type_id,
        types.grain,
        web_events.page_url,
        web_events.page_path,
        pages.content_type,
        pages.page_priority,
        web_events.product_id,
        coalesce(web_events.category, pages.category) as category,
        web_events.device_type,
        web_events.user_agent,
        web_events.country,
        web_events.currency,
        web_events.transaction_id,
        {{ click_id_value('web_events') }} as click_id,
        -- numbers
        sessionized.event_number,
        web_events.engaged_seconds,
        web_events.scroll_percent,
        web_events.value,
        -- booleans
        sessionized.is_bot,
        types.is_key_event,
        types.is_page_view,
        -- timestamps
        web_events.occurred_at,
        -- evidence
        sessionized.bot_rule_id,
        web_events._batch_id
    from web_events
    inner join sessionized
        on web_events.source_system = sessionized.source_system
        and web_events.source_record_id = sessionized.source_record_id
    inner join types
        on web_events.source_system = types.source_system
        and web_events.event_name = types.event
        and web_events.event_detail = types.event_detail
    left join identified
        on web_events.source_system = identified.source_system
        and web_events.source_record_id = identified.source_record_id
    left join sessions
        on sessionized.session_id = sessions.session_id
    left join pages
        on web_events.page_path = pages.page_path
)

select * from judged
