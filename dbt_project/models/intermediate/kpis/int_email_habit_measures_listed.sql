-- one row per measure of how we mail and where clicks lead, scope and month
with

recipients as (
    select
        *,
        cast(date_trunc('month', date) as date) as month
    from {{ ref('int_email_recipients_judged') }}
    where delivered = 1
),

messages as (
    select * from {{ ref('int_messages_classified') }}
),

clicks as (
    select * from {{ ref('int_email_visits_dated') }}
),

mailings as (
    select
        recipients.source_system,
        recipients.message_id,
        recipients.month,
        recipients.message_type,
        max(case when messages.is_classified then 0 else 1 end) as without_goal,
        count(*) as delivered
    from recipients
    left join messages
        on recipients.source_system = messages.source_system
        and recipients.message_id = messages.message_id
    group by
        recipients.source_system, recipients.message_id, recipients.month, recipients.message_type
),

measures as (
    {{ list_measures(
        relation='recipients',
        month='month',
        scopes={'all': "'all'", 'message_type': 'message_type'},
        measures={'email_reached': 'count(distinct email)'},
    ) }}
    union all
    {{ list_measures(
        relation='mailings',
        month='month',
        scopes={'all': "'all'", 'message_type': 'message_type'},
        measures={
            'email_messages': 'count(*)',
            'email_messages_without_goal': 'sum(without_goal)',
            'email_delivered_of_largest': 'max(delivered)',
        },
    ) }}
    union all
    {{ list_measures(
        relation='clicks',
        month='month',
        scopes={'all': "'all'", 'purpose': 'purpose', 'device': 'device'},
        measures={
            'email_visits': 'count(session_id)',
            'email_timed_visits': 'count(duration_seconds)',
            'email_visit_seconds': 'sum(duration_seconds)',
        },
    ) }}
)

select * from measures
