-- one row per distinct user agent: whether it is a bot, and the rule that says so
with

user_agents as (
    select * from {{ source('lookups', 'user_agents') }}
),

attributes as (
    {{ listed_attributes('user_agents', 'user_agent', texts=[
        ('user_agent', 'user_agent'),
        ('listed_as_bot', 'is_bot'),
    ]) }}
),

deciding_rules as (
    {{ first_matching_rule(ref('bot_rules'), 'attributes', scope='user_agent') }}
),

judged as (
    select
        user_agents.user_agent,
        user_agents.device_type,
        coalesce(cast(deciding_rules.result as boolean), false) as is_bot,
        deciding_rules.rule_id as bot_rule_id
    from user_agents
    left join deciding_rules
        on user_agents.user_agent = deciding_rules.entity_id
)

select * from judged
