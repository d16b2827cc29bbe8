-- one row per message sent to a person, by a tool or a colleague, with the channel it counts for
with

mails as (
    select * from {{ ref('int_email_sends_listed') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where person_id is not null and not is_bot
),

rules as (
    select * from {{ ref('send_rules') }}
    where is_active
),

matched as (
    select
        touchpoints.touchpoint_id,
        touchpoints.person_id,
        touchpoints.occurred_at as sent_at,
        rules.channel,
        rules.message_type,
        rules.rule_id,
        row_number() over (
            partition by touchpoints.touchpoint_id order by rules.priority, rules.rule_id
        ) as preference
    from touchpoints
    inner join rules
        on touchpoints.touchpoint_type = rules.touchpoint_type
        and touchpoints.source_system = coalesce(rules.system, touchpoints.source_system)
    where
        rules.content_contains is null
        or position(rules.content_contains in lower(touchpoints.content)) > 0
),

counted as (
    select
        person_id,
        'email' as channel,
        message_type,
        sent_at,
        source_system || '|' || message_id || '|' || send_number as message_key,
        cast(null as varchar(255)) as send_rule_id
    from mails
    union all
    select
        person_id,
        channel,
        message_type,
        sent_at,
        touchpoint_id as message_key,
        rule_id as send_rule_id
    from matched
    where preference = 1
)

select * from counted
