-- one row per touchpoint that orders stand behind: what the orders say of it
with

records as (
    select * from {{ ref('int_touchpoint_records_collapsed') }}
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

orders_of_touchpoints as (
    select
        records.touchpoint_id,
        min(orders.status) as order_status,
        min(
            case when coalesce(order_statuses.is_purchase, true) then 'true' else 'false' end
        ) as is_purchase,
        min(orders.sales_channel) as sales_channel,
        min(orders.discount_code) as discount_code,
        max({{ in_reporting_currency(
            'orders.refunded_amount', 'orders.currency', 'rates.rate_to_reporting'
        ) }}) as refunded_amount
    from records
    inner join orders
        on records.source_system = orders.source_system
        and records.source_table = orders.source_table
        and records.source_record_id = orders.source_record_id
    left join order_statuses
        on lower(orders.status) = order_statuses.status
    left join rates
        on orders.currency = rates.currency
        and {{ local_date('orders.ordered_at') }} >= rates.valid_from
        and {{ local_date('orders.ordered_at') }} < rates.valid_to
    group by records.touchpoint_id
)

select * from orders_of_touchpoints
