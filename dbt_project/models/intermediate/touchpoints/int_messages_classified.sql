-- one row per mailing: what it is for and asks for, and the rule that says so; its own words win
with

messages as (
    select
        *,
        {{ surrogate_key(['source_system', 'message_id']) }} as message_key
    from {{ ref('int_email_messages_unified') }}
),

message_rules as (
    select * from {{ ref('message_rules') }}
    where is_active
),

attributes as (
    {{ listed_attributes('messages', 'message_key', texts=[
        ('source_system', 'source_system'),
        ('message_type', 'message_type'),
        ('journey_step', 'journey_step'),
        ('purpose', 'purpose'),
        ('title', 'campaign_name'),
        ('title', 'subject'),
        ('variant', 'variant'),
    ]) }}
),

deciding_rules as (
    {{ first_matching_rule(ref('message_rules'), 'attributes', scope='message') }}
),

meanings as (
    select
        rule_id,
        min(purpose) as purpose,
        min(intended_stage) as intended_stage,
        min(call_to_action) as call_to_action,
        max(case when is_fallback then 1 else 0 end) as is_fallback
    from message_rules
    group by rule_id
),

classified as (
    select
        -- keys
        messages.source_system,
        messages.message_id,
        messages.campaign_id,
        -- text
        messages.campaign_name,
        messages.subject,
        messages.message_type,
        messages.variant,
        deciding_rules.result as goal,
        coalesce(messages.purpose, meanings.purpose) as purpose,
        coalesce(messages.call_to_action, meanings.call_to_action) as call_to_action,
        meanings.intended_stage,
        -- booleans
        coalesce(meanings.is_fallback, 1) = 0 as is_classified,
        -- timestamps
        messages.sent_at,
        -- evidence
        deciding_rules.rule_id as message_rule_id
    from messages
    left join deciding_rules
        on messages.message_key = deciding_rules.entity_id
    left join meanings
        on deciding_rules.rule_id = meanings.rule_id
)

select * from classified
