{# CTEs: every customer in every month since the first order or subscription, last of them `months`.
   The amount of a month is net of refunds, null where an order of it has none.
   Expects the relations order_touchpoints, orders_of_touchpoints, touchpoints and subscriptions in scope. #}
{% macro customer_months() -%}
order_months as (
    select
        touchpoints.account_id,
        {{ local_month('touchpoints.occurred_at') }} as month,
        count(*) as order_count,
        case
            when count(touchpoints.value) = count(*) then sum({{ net_of_refund(
                'touchpoints.value', 'orders_of_touchpoints.refunded_amount'
            ) }})
        end as order_amount
    from touchpoints
    inner join order_touchpoints
        on touchpoints.touchpoint_id = order_touchpoints.touchpoint_id
    left join orders_of_touchpoints
        on touchpoints.touchpoint_id = orders_of_touchpoints.touchpoint_id
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
