-- one row per measure of subscriptions, scope and month
with

running as (
    select
        *,
        'running' as event
    from {{ ref('int_subscription_months_listed') }}
),

subscriptions as (
    select
        source_system,
        source_record_id,
        account_id,
        plan,
        mrr,
        started_at,
        ended_at
    from {{ ref('int_subscriptions_placed') }}
),

events as (
    select
        plan,
        mrr,
        month,
        event
    from running
    union all
    select
        plan,
        mrr,
        {{ local_month('started_at') }} as month,
        'started' as event
    from subscriptions
    union all
    select
        plan,
        mrr,
        {{ local_month('ended_at') }} as month,
        'ended' as event
    from subscriptions
    where ended_at is not null
),

measures as (
    {{ list_measures(
        relation='events',
        month='month',
        scopes={'all': "'all'", 'plan': 'plan'},
        measures={
            'mrr': "sum(case when event = 'running' then mrr end)",
            'mrr_started': "sum(case when event = 'started' then mrr end)",
            'mrr_ended': "sum(case when event = 'ended' then mrr end)",
            'subscriptions_running': "sum(case when event = 'running' then 1 else 0 end)",
            'subscriptions_started': "sum(case when event = 'started' then 1 else 0 end)",
            'subscriptions_ended': "sum(case when event = 'ended' then 1 else 0 end)",
        },
    ) }}
)

select * from measures
