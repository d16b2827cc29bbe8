-- one row per email event: what tells a machine from a person, above all the time since delivery
with

email_events as (
    select * from {{ touched(ref('int_email_events_unified')) }}
),

clicks as (
    select * from {{ touched(ref('int_email_clicks_grouped')) }}
),

user_agents as (
    select * from {{ ref('int_user_agents_judged') }}
),

deliveries as (
    select
        source_system,
        message_id,
        email,
        coalesce(
            min(case when event_type = 'delivered' then occurred_at end),
            min(case when event_type = 'sent' then occurred_at end)
        ) as delivered_at
    from email_events
    where event_type in ('sent', 'delivered') and message_id is not null
    group by source_system, message_id, email
),

timed as (
    select
        email_events.*,
        {{ seconds_between('deliveries.delivered_at', 'email_events.occurred_at') }}
            as seconds_after_delivery,
        clicks.links_within_second,
        coalesce(user_agents.is_bot, false) as agent_is_bot
    from email_events
    left join deliveries
        on email_events.source_system = deliveries.source_system
        and email_events.message_id = deliveries.message_id
        and email_events.email = deliveries.email
    left join clicks
        on email_events.source_system = clicks.source_system
        and email_events.source_record_id = clicks.source_record_id
    left join user_agents
        on email_events.user_agent = user_agents.user_agent
),

keyed as (
    select
        *,
        {{ surrogate_key([
            'source_system', 'event_type', 'user_agent', 'agent_is_bot',
            'seconds_after_delivery', 'links_within_second',
        ]) }} as verdict_key
    from timed
)

select * from keyed
