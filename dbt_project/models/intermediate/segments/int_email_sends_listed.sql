-- one row per message and person who was sent it
with

events as (
    select * from {{ ref('int_email_events_judged') }}
    where event_type in ('sent', 'delivered')
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
    where identifier_type = 'email'
),

sends as (
    select
        coalesce(
            events.message_id, events.source_system || '|' || events.source_record_id
        ) as message_id,
        identifiers.person_id,
        identifiers.identifier_type as address_type,
        max(events.message_type) as message_type,
        min(events.occurred_at) as sent_at,
        min(case when events.event_type = 'delivered' then events.occurred_at end) as delivered_at
    from events
    inner join identifiers
        on events.identifier_id = identifiers.identifier_id
    group by
        coalesce(events.message_id, events.source_system || '|' || events.source_record_id),
        identifiers.person_id,
        identifiers.identifier_type
)

select * from sends
