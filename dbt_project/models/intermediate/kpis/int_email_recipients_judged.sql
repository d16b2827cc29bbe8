-- one row per message and address it was sent to, with what became of it there
with

events as (
    select * from {{ ref('int_email_events_judged') }}
),

messages as (
    select * from {{ ref('int_email_messages_unified') }}
),

message_sends as (
    select
        source_system,
        message_id,
        min(variant) as variant,
        min(campaign_id) as campaign_id,
        min(message_type) as message_type,
        min(purpose) as purpose,
        min(sent_at) as sent_at
    from messages
    group by source_system, message_id
),

reporting_systems as (
    select distinct source_system
    from events
    where event_type = 'delivered'
),

flagged as (
    select
        source_system,
        message_id,
        email,
        min(campaign_id) as campaign_id,
        min(message_type) as message_type,
        min(purpose) as purpose,
        max(case when event_type = 'delivered' then 1 else 0 end) as delivered,
        max(
            case when event_type = 'bounced' and bounce_type = 'hard' then 1 else 0 end
        ) as bounced_hard,
        max(case when event_type = 'bounced' then 1 else 0 end) as bounced,
        max(case when event_type = 'opened' and is_machine then 1 else 0 end) as opened_machine,
        max(case when event_type = 'opened' and not is_machine then 1 else 0 end) as opened_human,
        max(case when event_type = 'clicked' and is_machine then 1 else 0 end) as clicked_machine,
        max(case when event_type = 'clicked' and not is_machine then 1 else 0 end) as clicked_human,
        max(case when event_type = 'replied' then 1 else 0 end) as replied,
        max(case when event_type = 'forwarded' then 1 else 0 end) as forwarded,
        max(case when event_type = 'unsubscribed' then 1 else 0 end) as unsubscribed,
        max(case when event_type = 'complained' then 1 else 0 end) as complained,
        min(case when event_type = 'sent' then occurred_at end) as sent_at,
        min(occurred_at) as first_event_at
    from events
    where message_id is not null
    group by source_system, message_id, email
),

acts as (
    select
        *,
        greatest(
            opened_machine, opened_human, clicked_machine, clicked_human,
            replied, forwarded, unsubscribed, complained
        ) as acted
    from flagged
),

arrivals as (
    select
        acts.*,
        -- nobody acts on what did not arrive; else the provider's word, else no bounce
        case
            when acts.acted = 1 then 1
            when acts.bounced_hard = 1 then 0
            when reporting_systems.source_system is not null then acts.delivered
            else 1 - acts.bounced
        end as arrived
    from acts
    left join reporting_systems
        on acts.source_system = reporting_systems.source_system
),

judged as (
    select
        -- keys
        arrivals.source_system,
        arrivals.message_id,
        arrivals.email,
        coalesce(message_sends.campaign_id, arrivals.campaign_id) as campaign_id,
        -- text
        coalesce(message_sends.variant, '') as variant,
        coalesce(message_sends.message_type, arrivals.message_type) as message_type,
        coalesce(message_sends.purpose, arrivals.purpose) as purpose,
        -- numbers: 1 or 0, so that they can be summed
        1 as sent,
        arrivals.arrived as delivered,
        case when arrivals.arrived = 0 then arrivals.bounced_hard else 0 end as bounced_hard,
        case
            when arrivals.arrived = 0 then arrivals.bounced - arrivals.bounced_hard else 0
        end as bounced_soft,
        greatest(arrivals.opened_machine, arrivals.opened_human) as opened_raw,
        case
            when arrivals.opened_human = 0 then arrivals.opened_machine else 0
        end as opened_machine,
        arrivals.opened_human,
        greatest(arrivals.clicked_machine, arrivals.clicked_human) as clicked_raw,
        case
            when arrivals.clicked_human = 0 then arrivals.clicked_machine else 0
        end as clicked_machine,
        arrivals.clicked_human,
        arrivals.opened_human * arrivals.clicked_human as opened_and_clicked_human,
        arrivals.replied,
        arrivals.unsubscribed,
        arrivals.complained,
        -- dates
        {{ local_date(
            'coalesce(arrivals.sent_at, message_sends.sent_at, arrivals.first_event_at)'
        ) }} as date
    from arrivals
    left join message_sends
        on arrivals.source_system = message_sends.source_system
        and arrivals.message_id = message_sends.message_id
)

select * from judged
