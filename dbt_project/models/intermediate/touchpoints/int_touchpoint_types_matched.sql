-- one row per kind of record, system and event seen: the touchpoint type it makes
with

touchpoint_types as (
    select * from {{ ref('touchpoint_types') }}
    where is_active
),

web_events as (
    select * from {{ ref('int_web_events_unified') }}
),

email_events as (
    select * from {{ ref('int_email_events_judged') }}
),

activities as (
    select * from {{ ref('int_activities_unified') }}
),

leads as (
    select * from {{ ref('int_leads_unified') }}
),

orders as (
    select * from {{ ref('int_orders_unified') }}
),

seen as (
    select distinct
        'web_events' as record_kind,
        source_system,
        event_name as event,
        {{ event_detail() }} as event_detail,
        '' as event_direction,
        false as is_machine
    from web_events
    union all
    select distinct
        'sessions' as record_kind,
        source_system,
        '' as event,
        '' as event_detail,
        '' as event_direction,
        false as is_machine
    from web_events
    union all
    select distinct
        'email_events' as record_kind,
        source_system,
        event_type as event,
        '' as event_detail,
        '' as event_direction,
        is_machine
    from email_events
    union all
    select distinct
        'activities' as record_kind,
        source_system,
        activity_type as event,
        '' as event_detail,
        coalesce(direction, '') as event_direction,
        false as is_machine
    from activities
    union all
    select distinct
        'leads' as record_kind,
        source_system,
        '' as event,
        '' as event_detail,
        '' as event_direction,
        false as is_machine
    from leads
    union all
    select distinct
        'orders' as record_kind,
        source_system,
        '' as event,
        '' as event_detail,
        '' as event_direction,
        false as is_machine
    from orders
),

matched as (
    select
        seen.record_kind,
        seen.source_system,
        seen.event,
        seen.event_detail,
        seen.event_direction,
        seen.is_machine,
        touchpoint_types.type_id,
        touchpoint_types.grain,
        touchpoint_types.is_key_event,
        touchpoint_types.is_page_view,
        row_number() over (
            partition by
                seen.record_kind, seen.source_system, seen.event,
                seen.event_detail, seen.event_direction, seen.is_machine
            order by
                case when touchpoint_types.event is null then 1 else 0 end,
                case when touchpoint_types.event_detail is null then 1 else 0 end,
                case when touchpoint_types.event_direction is null then 1 else 0 end,
                case when touchpoint_types.is_machine is null then 1 else 0 end,
                case when touchpoint_types.system is null then 1 else 0 end,
                touchpoint_types.type_id
        ) as preference
    from seen
    inner join touchpoint_types
        on seen.record_kind = touchpoint_types.record_kind
        and seen.event = coalesce(touchpoint_types.event, seen.event)
        and seen.event_detail = coalesce(touchpoint_types.event_detail, seen.event_detail)
        and seen.event_direction = coalesce(touchpoint_types.event_direction, seen.event_direction)
        and seen.is_machine = coalesce(touchpoint_types.is_machine, seen.is_machine)
        and seen.source_system = coalesce(touchpoint_types.system, seen.source_system)
),

chosen as (
    select
        record_kind,
        source_system,
        event,
        event_detail,
        event_direction,
        is_machine,
        type_id,
        grain,
        is_key_event,
        is_page_view
    from matched
    where preference = 1
)

select * from chosen
