-- one row per email event: its message, and whether a machine caused it, by which rule; nothing is dropped
with

email_events as (
    select * from {{ ref('int_email_events_unified') }}
),

email_messages as (
    select * from {{ ref('int_email_messages_unified') }}
),

clicks as (
    select * from {{ ref('int_email_clicks_grouped') }}
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
        {{ surrogate_key(['email_events.source_system', 'email_events.source_record_id']) }}
            as event_key,
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

attributes as (
    {%- for attribute, text, number in [
        ('event_type', 'event_type', 'null'),
        ('user_agent', 'user_agent', 'null'),
        ('agent_is_bot', 'cast(agent_is_bot as varchar(5))', 'null'),
        ('seconds_after_delivery', 'null', 'seconds_after_delivery'),
        ('links_within_second', 'null', 'links_within_second'),
    ] %}
    select
        event_key as entity_id,
        '{{ attribute }}' as attribute,
        cast({{ text }} as varchar(65535)) as value_text,
        cast({{ number }} as decimal(18, 4)) as value_number,
        cast(null as date) as value_date
    from timed
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

matched_rules as (
    {{ match_attribute_rules(ref('email_verdict_rules'), 'attributes', scope='email_event') }}
),

ranked_rules as (
    select
        *,
        row_number() over (partition by entity_id order by priority, rule_id) as preference
    from matched_rules
),

judged as (
    select
        -- keys
        timed.source_system,
        timed.source_table,
        timed.source_record_id,
        timed.message_id,
        {{ identifier_id("'email'", "''", 'timed.email') }} as identifier_id,
        email_messages.campaign_id,
        -- text
        timed.email,
        timed.event_type,
        timed.bounce_type,
        timed.url,
        email_messages.campaign_name,
        email_messages.message_type,
        email_messages.purpose,
        email_messages.variant,
        email_messages.subject,
        -- booleans
        coalesce(cast(ranked_rules.result as boolean), false) as is_machine,
        -- timestamps
        timed.occurred_at,
        -- evidence
        ranked_rules.rule_id as machine_rule_id
    from timed
    left join email_messages
        on timed.source_system = email_messages.source_system
        and timed.message_id = email_messages.message_id
    left join ranked_rules
        on timed.event_key = ranked_rules.entity_id
        and ranked_rules.preference = 1
)

select * from judged
