{# CTEs: when an account became a customer and an advocate (`recommended`), and whether it is one still (`last_months`).
   Expects the relations rules, stays and customer_months in scope. #}
{% macro customer_moments() -%}
-- the top is that of the whole ladder: where shoppers never recommend, being a customer is not it
steps as (
    select
        *,
        max(position) over () as top_position
    from stays
),

advocates as (
    select
        account_id,
        min(case when position = top_position - 1 then entered_at end) as customer_at,
        min(case when position = top_position then entered_at end) as advocate_at
    from steps
    group by account_id
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
)
{%- endmacro %}
