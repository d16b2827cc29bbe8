{# CTEs: every customer in every month since the first order or subscription, last of them `months`.
   Expects the relations order_touchpoints, touchpoints and subscriptions in scope. #}
{% macro customer_months() -%}
order_months as (
    select
        touchpoints.account_id,
        {{ local_month('touchpoints.occurred_at') }} as month,
        count(*) as order_count
    from touchpoints
    inner join order_touchpoints
        on touchpoints.touchpoint_id = order_touchpoints.touchpoint_id
    group by touchpoints.account_id, {{ local_month('touchpoints.occurred_at') }}
),

purchases as (
    select account_id, month from order_months
    union all
    select account_id, start_month as month from subscriptions
),

cohorts as (
    select
        account_id,
        min(month) as cohort_month,
        {{ local_month(as_of()) }} as last_month
    from purchases
    group by account_id
),

months as (
    select
        account_id,
        cohort_month,
        {{ date_series('cohort_month', 'last_month', step='1 month') }} as month,
        last_month
    from cohorts
)
{%- endmacro %}
