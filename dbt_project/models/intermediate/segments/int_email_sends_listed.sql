-- one row per time a message was sent to a person, or delivered where only that is told
{%- set message = 'partition by source_system, message_key, person_id' %}
with

events as (
    select * from {{ ref('int_email_events_judged') }}
    where event_type in ('sent', 'delivered')
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
    where identifier_type = 'email'
),

addressed as (
    select
        events.*,
        identifiers.person_id,
        identifiers.identifier_type as address_type,
        coalesce(events.message_id, events.source_record_id) as message_key,
        case when events.event_type = 'sent' then 1 else 0 end as is_sent
    from events
    inner join identifiers
        on events.identifier_id = identifiers.identifier_id
),

-- by a slow clock a delivery may come before its sending
numbered as (
    select
        *,
        case
            when sum(is_sent) over ({{ message }}) = 0 then row_number() over in_order
            else greatest(sum(is_sent) over in_order, 1)
        end as send_number
    from addressed
    window in_order as (
        {{ message }} order by occurred_at, 1 - is_sent, source_record_id
    )
),

sends as (
    select
        source_system,
        message_key as message_id,
        person_id,
        address_type,
        send_number,
        max(message_type) as message_type,
        min(occurred_at) as sent_at,
        min(case when is_sent = 0 then occurred_at end) as delivered_at
    from numbered
    group by source_system, message_key, person_id, address_type, send_number
)

select * from sends
