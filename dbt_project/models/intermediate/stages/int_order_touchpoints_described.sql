-- one row per touchpoint that an order stands behind: what became of the order
with

orders as (
    select * from {{ ref('int_orders_unified') }}
),

records as (
    select * from {{ ref('int_touchpoint_records_collapsed') }}
),

order_statuses as (
    select * from {{ ref('order_statuses') }}
),

ranked as (
    select
        records.touchpoint_id,
        case when order_statuses.is_purchase = false then 'false' else 'true' end as is_purchase,
        orders.delivered_at,
        row_number() over (
            partition by records.touchpoint_id
            order by records.is_primary desc, orders.source_system asc, orders.source_record_id asc
        ) as preference
    from orders
    inner join records
        on orders.source_system = records.source_system
        and orders.source_table = records.source_table
        and orders.source_record_id = records.source_record_id
    left join order_statuses
        on lower(orders.status) = order_statuses.status
),

described as (
    select
        touchpoint_id,
        is_purchase,
        delivered_at
    from ranked
    where preference = 1
)

select * from described
