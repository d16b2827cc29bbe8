-- one row per item of a purchase: what it brought and, where known, cost, in the reporting currency
with

items as (
    select * from {{ ref('int_order_items_described') }}
),

orders as (
    select * from {{ ref('int_orders_unified') }}
),

order_statuses as (
    select * from {{ ref('order_statuses') }}
),

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

purchases as (
    select
        orders.source_system,
        orders.order_id,
        min(orders.currency) as currency,
        min(orders.ordered_at) as ordered_at
    from orders
    left join order_statuses
        on lower(orders.status) = order_statuses.status
    where coalesce(order_statuses.is_purchase, true)
    group by orders.source_system, orders.order_id
),

priced as (
    select
        items.source_system,
        items.source_record_id,
        items.order_id,
        items.product_id,
        items.category,
        items.quantity,
        {{ in_reporting_currency(
            'items.price * items.quantity', 'purchases.currency', 'rates.rate_to_reporting'
        ) }} as item_amount,
        {{ in_reporting_currency(
            'items.unit_cost * items.quantity', 'items.cost_currency', 'cost_rates.rate_to_reporting'
        ) }} as cost_amount,
        purchases.ordered_at
    from items
    inner join purchases
        on items.source_system = purchases.source_system
        and items.order_id = purchases.order_id
    left join rates
        on purchases.currency = rates.currency
        and {{ local_date('purchases.ordered_at') }} >= rates.valid_from
        and {{ local_date('purchases.ordered_at') }} < rates.valid_to
    left join rates as cost_rates
        on items.cost_currency = cost_rates.currency
        and {{ local_date('purchases.ordered_at') }} >= cost_rates.valid_from
        and {{ local_date('purchases.ordered_at') }} < cost_rates.valid_to
)

select * from priced
