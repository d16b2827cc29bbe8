-- one row per time a message was sent to a person, or delivered where only that is told
{%- set message = 'partition by source_system, message_key, person_id' %}
with

events as (
    select
        judged.*,
        identifiers.person_id,
        identifiers.identifier_type as address_type,
        coalesce(judged.message_id, judged.source_record_id) as message_key,
        case when judged.event_type = 'sent' then 1 else 0 end as is_sent
    from {{ ref('int_email_events_judged') }} as judged
    inner join {{ ref('int_identity_clusters_resolved') }} as identifiers
        on judged.identifier_id = identifiers.identifier_id
    where judged.event_type in ('sent', 'delivered') and identifiers.identifier_type = 'email'
),

-- by a slow clock a delivery may come before its sending
numbered as (
    select
        *,
        case
            when sum(is_sent) over ({{ message }}) = 0 then row_number() over in_order
            else greatest(sum(is_sent) over in_order, 1)
        end as send_number
    from events
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
