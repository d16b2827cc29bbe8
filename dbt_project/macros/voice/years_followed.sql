{# CTE `years_followed`: every month of a customer with the state it ended in, what the twelve months after it brought, and
   how many of those are whole, over and priced. Expects the relations customer_months and bands in scope. #}
{% macro years_followed() -%}
years_followed as (
    select
        customer_months.account_id,
        customer_months.account_type,
        customer_months.motion,
        customer_months.is_churned,
        customer_months.is_unpriced,
        cast(customer_months.mrr as decimal(19, 2)) as mrr,
        bands.band as tenure_band,
        customer_months.orders_so_far > 1 as is_repeat,
        customer_months.running_count > 0 as is_subscribed,
        lead(customer_months.month) over by_month is null as is_latest,
        sum(customer_months.order_amount) over next_year as order_amount_12m,
        sum(customer_months.mrr) over next_year as mrr_12m,
        count(case when not customer_months.is_unpriced then customer_months.order_amount end)
            over next_year as known_months
    from customer_months
    inner join bands
        on customer_months.period >= bands.from_value
        and customer_months.period < coalesce(bands.below_value, customer_months.period + 1)
    window
        by_month as (
            partition by customer_months.account_id order by customer_months.month
        ),
        next_year as (
            partition by customer_months.account_id order by customer_months.month
            rows between 1 following and 12 following
        )
)
{%- endmacro %}
