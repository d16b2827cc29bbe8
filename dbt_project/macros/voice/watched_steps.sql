{# CTEs: the first start of each step by each customer but the last step, and when its time is over; the last is
   `watched`. Expects the relations events and rules in scope. #}
{% macro watched_steps() -%}
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
)
{%- endmacro %}
