-- one row per email event of a touchpoint: its type, and the first event of that message and act
with

email_events as (
    select * from {{ touched(ref('int_email_events_judged')) }}
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where record_kind = 'email_events'
),

touchpoint_types as (
    select * from {{ ref('touchpoint_types') }}
    where is_active
),

typed as (
    select
        email_events.*,
        types.type_id,
        touchpoint_types.touchpoint_type,
        coalesce(email_events.message_id, email_events.source_record_id) as message_key
    from email_events
    inner join types
        on email_events.source_system = types.source_system
        and email_events.event_type = types.event
        and email_events.is_machine = types.is_machine
    inner join touchpoint_types
        on types.type_id = touchpoint_types.type_id
    where touchpoint_types.touchpoint_type is not null
),

grouped as (
    select
        *,
        first_value(source_record_id) over (
            partition by source_system, message_key, email, touchpoint_type
            order by occurred_at, source_record_id
        ) as anchor_record_id
    from typed
),

keyed as (
    select
        *,
        {{ surrogate_key(['source_system', 'source_table', 'anchor_record_id']) }} as candidate_id
    from grouped
)

select * from keyed
