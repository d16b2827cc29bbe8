{# CTEs: when an account became a customer and an advocate (`recommended`), and whether it is one still (`loyal`).
   Expects the relations rules, stays, customer_places and customer_months in scope. #}
{% macro customer_moments() -%}
advocates as (
    select
        stays.account_id,
        min(
            case when stays.position < places.advocate_position then stays.entered_at end
        ) as customer_at,
        min(
            case when stays.position >= places.advocate_position then stays.entered_at end
        ) as advocate_at
    from stays
    inner join customer_places as places
        on stays.motion = places.motion
        and stays.position >= places.customer_position
    group by stays.account_id
),

kept as (
    select
        account_id,
        month,
        cohort_month,
        case
            when is_churned then 0
            when orders_so_far > 1 or running_count > 0 then 1
            else 0
        end as is_kept
    from customer_months
),

last_months as (
    select
        account_id,
        {{ max_by('is_kept', 'month') }} as is_hit,
        cast(min(cohort_month) as timestamp) as happened_at
    from kept
    group by account_id
),

recommended as (
    select
        rules.kind,
        advocates.account_id,
        case when advocates.advocate_at > advocates.customer_at then 1 else 0 end as is_hit,
        advocates.customer_at as happened_at,
        least(
            {{ add_days('advocates.customer_at', 'rules.within_days') }},
            coalesce(advocates.advocate_at, {{ as_of() }})
        ) as touched_until
    from advocates
    inner join rules
        on rules.kind = 'recommendation'
    where {{ add_days('advocates.customer_at', 'rules.within_days') }} < {{ as_of() }}
        and coalesce(advocates.advocate_at > advocates.customer_at, true)
),

loyal as (
    select
        rules.kind,
        last_months.account_id,
        last_months.is_hit,
        last_months.happened_at,
        cast(null as timestamp) as touched_until
    from last_months
    inner join rules
        on rules.kind = 'loyalty'
    where {{ add_days('last_months.happened_at', 'rules.within_days') }} < {{ as_of() }}
)
{%- endmacro %}
