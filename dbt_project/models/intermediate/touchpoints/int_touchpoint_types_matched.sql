-- one row per kind of record, system and event seen: the touchpoint type it makes
with

touchpoint_types as (
    select * from {{ ref('touchpoint_types') }}
    where is_active
),

seen as (
    select * from {{ ref('int_visit_events_said') }}
    union all
    select * from {{ ref('int_sales_events_said') }}
    union all
    select * from {{ ref('int_voice_events_said') }}
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
