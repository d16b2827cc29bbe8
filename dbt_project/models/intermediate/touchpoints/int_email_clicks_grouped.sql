-- one row per click in a mail: how many links the address followed within one second of it
with

clicks as (
    select * from {{ touched(ref('int_email_events_unified')) }}
    where url is not null
),

grouped as (
    select
        clicks.source_system,
        clicks.source_record_id,
        clicks.email,
        count(distinct others.url) as links_within_second
    from clicks
    inner join clicks as others
        on clicks.source_system = others.source_system
        and clicks.message_id = others.message_id
        and clicks.email = others.email
        and clicks.event_type = others.event_type
        and others.occurred_at
        between {{ add_seconds('clicks.occurred_at', -1) }}
        and {{ add_seconds('clicks.occurred_at', 1) }}
    group by clicks.source_system, clicks.source_record_id, clicks.email
)

select * from grouped
