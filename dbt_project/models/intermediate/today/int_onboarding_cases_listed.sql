-- one row per customer and step of the onboarding: whether a later step followed in time
with

rules as (
    select * from {{ ref('pain_rules') }}
    where kind = 'onboarding' and is_active
),

events as (
    {{ resolved_records('product_events', columns=['event_name', 'properties', 'occurred_at']) }}
),

{{ watched_steps() }},

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
