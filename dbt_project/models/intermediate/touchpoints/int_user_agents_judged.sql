-- one row per distinct user agent: whether it is a bot, and the rule that says so
with

user_agents as (
    select * from {{ source('lookups', 'user_agents') }}
),

attributes as (
    select
        user_agent as entity_id,
        'user_agent' as attribute,
        user_agent as value_text,
        cast(null as decimal(18, 4)) as value_number,
        cast(null as date) as value_date
    from user_agents
    union all
    select
        user_agent as entity_id,
        'listed_as_bot' as attribute,
        cast(is_bot as varchar(5)) as value_text,
        cast(null as decimal(18, 4)) as value_number,
        cast(null as date) as value_date
    from user_agents
),

matched_rules as (
    {{ match_attribute_rules(ref('bot_rules'), 'attributes', scope='user_agent') }}
),

ranked_rules as (
    select
        *,
        row_number() over (partition by entity_id order by priority, rule_id) as preference
    from matched_rules
),

judged as (
    select
        user_agents.user_agent,
        user_agents.device_type,
        coalesce(cast(ranked_rules.result as boolean), false) as is_bot,
        ranked_rules.rule_id as bot_rule_id
    from user_agents
    left join ranked_rules
        on user_agents.user_agent = ranked_rules.entity_id
        and ranked_rules.preference = 1
)

select * from judged
