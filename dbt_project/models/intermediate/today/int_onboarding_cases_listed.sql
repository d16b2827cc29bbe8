-- one row per customer and step of the onboarding: whether a later step followed in time
with

rules as (
    select * from {{ ref('pain_rules') }}
    where kind = 'onboarding' and is_active
),

events as (
    {{ resolved_records('product_events', columns=['event_name', 'properties', 'occurred_at']) }}
),

steps as (
    select
        coalesce(account_id, person_id) as entity_id,
        account_id,
        person_id,
        {{ json_text('properties', 'step') }} as step,
        {{ try_integer(json_text('properties', 'number')) }} as step_number,
        occurred_at
    from events
    where event_name = 'onboarding_step' and occurred_at < {{ as_of() }}
),

started as (
    select
        entity_id,
        step_number,
        min(account_id) as account_id,
        min(person_id) as person_id,
        min(step) as step,
        min(occurred_at) as happened_at,
        max(step_number) over () as last_number
    from steps
    where entity_id is not null and step_number is not null
    group by entity_id, step_number
),

watched as (
    select
        started.*,
        {{ add_days('started.happened_at', 'rules.within_days') }} as due_at
    from started
    cross join rules
    where started.step_number < started.last_number
),

judged as (
    select
        watched.entity_id,
        watched.step_number,
        min(watched.account_id) as account_id,
        min(watched.person_id) as person_id,
        min(coalesce(watched.step, cast(watched.step_number as varchar(40)))) as step,
        min(watched.happened_at) as happened_at,
        case when count(later.entity_id) = 0 then 1 else 0 end as is_hit
    from watched
    left join started as later
        on watched.entity_id = later.entity_id
        and watched.step_number < later.step_number
        and watched.due_at >= later.happened_at
    where watched.due_at < {{ as_of() }}
    group by watched.entity_id, watched.step_number
)

select * from judged
