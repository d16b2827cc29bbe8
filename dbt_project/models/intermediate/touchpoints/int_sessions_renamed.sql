-- one row per id that a visit had when fewer batches were loaded: the visit it belongs to, and why
with

web_events as (
    select * from {{ ref('int_web_events_judged') }}
    where session_id is not null
),

loaded_in_parts as (
    select
        session_id,
        max(_batch_id) as last_batch_id
    from web_events
    group by session_id
    having min(_batch_id) <> max(_batch_id)
),

events as (
    select web_events.*
    from web_events
    inner join loaded_in_parts
        on web_events.session_id = loaded_in_parts.session_id
),

stands as (
    select distinct
        events.session_id,
        events._batch_id as loaded_until
    from events
    inner join loaded_in_parts
        on events.session_id = loaded_in_parts.session_id
        and events._batch_id < loaded_in_parts.last_batch_id
),

seen_then as (
    select
        stands.loaded_until,
        events.*,
        lag(events.occurred_at) over (
            partition by stands.session_id, stands.loaded_until
            order by events.event_number
        ) as previous_at
    from stands
    inner join events
        on stands.session_id = events.session_id
        and stands.loaded_until >= events._batch_id
),

began_then as (
    select
        session_id,
        {{ surrogate_key(['source_system', 'device_key', 'source_record_id']) }} as old_session_id,
        source_system,
        event_number,
        min(loaded_until) as loaded_until,
        min(case when previous_at is null then 'begun_earlier' else 'joined' end) as change
    from seen_then
    where event_number > 1
        and (
            previous_at is null
            or occurred_at > {{ add_minutes('previous_at', var('session_gap_minutes')) }}
        )
    group by session_id, source_system, device_key, source_record_id, event_number
),

renamed as (
    select
        began_then.old_session_id,
        began_then.session_id,
        began_then.source_system,
        began_then.change,
        {{ min_by('events.source_record_id', 'events.event_number') }} as late_record_id,
        {{ min_by('events._batch_id', 'events.event_number') }} as late_batch_id
    from began_then
    inner join events
        on began_then.session_id = events.session_id
        and began_then.event_number > events.event_number
        and began_then.loaded_until < events._batch_id
    group by
        began_then.old_session_id,
        began_then.session_id,
        began_then.source_system,
        began_then.change
)

select * from renamed
