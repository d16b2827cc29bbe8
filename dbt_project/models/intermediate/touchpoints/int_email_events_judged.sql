-- one row per email event: its message, and the rule by which a machine caused it; none dropped
with

timed as (
    select * from {{ touched(ref('int_email_events_timed')) }}
),

email_messages as (
    select * from {{ ref('int_messages_classified') }}
),

distinct_signs as (
    select distinct
        verdict_key,
        source_system,
        event_type,
        user_agent,
        agent_is_bot,
        seconds_after_delivery,
        links_within_second
    from timed
),

attributes as (
    {{ listed_attributes('distinct_signs', 'verdict_key', texts=[
        ('source_system', 'source_system'),
        ('event_type', 'event_type'),
        ('user_agent', 'user_agent'),
        ('agent_is_bot', 'agent_is_bot'),
    ], numbers=[
        ('seconds_after_delivery', 'seconds_after_delivery'),
        ('links_within_second', 'links_within_second'),
    ]) }}
),

deciding_rules as (
    {{ first_matching_rule(ref('email_verdict_rules'), 'attributes', scope='email_event') }}
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
        email_messages.goal,
        email_messages.purpose,
        email_messages.variant,
        email_messages.subject,
        -- booleans
        coalesce(cast(deciding_rules.result as boolean), false) as is_machine,
        -- timestamps
        timed.occurred_at,
        -- evidence
        deciding_rules.rule_id as machine_rule_id
    from timed
    left join email_messages
        on timed.source_system = email_messages.source_system
        and timed.message_id = email_messages.message_id
    left join deciding_rules
        on timed.verdict_key = deciding_rules.entity_id
)

select * from judged
