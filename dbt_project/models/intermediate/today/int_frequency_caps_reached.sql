-- one row per known person and frequency rule whose number of messages is reached at as_of
with

sends as (
    select * from {{ ref('int_sends_counted') }}
),

placed as (
    select * from {{ ref('int_persons_placed') }}
),

rules as (
    select * from {{ ref('frequency_rules') }}
    where is_active
),

reached as (
    select
        placed.person_id,
        rules.channel,
        rules.reason,
        rules.rule_id,
        count(*) as message_count,
        count(*) >= rules.max_messages + max(coalesce(rules.extra_triggered, 0)) as is_extra_used
    from sends
    inner join placed
        on sends.person_id = placed.person_id
    inner join rules
        on sends.channel = rules.channel
    where coalesce(placed.motion = rules.motion, true)
        and sends.sent_at > {{ add_minutes(as_of(), '-60 * rules.window_hours') }}
        and coalesce(sends.message_type, '') <> coalesce(rules.exempt_message_type, '-')
    group by placed.person_id, rules.channel, rules.reason, rules.rule_id, rules.max_messages
    having count(*) >= rules.max_messages
)

select * from reached
