-- one row per order that a person bought: not cancelled, refunded or unpaid
with

orders as (
    select * from {{ ref('int_orders_unified') }}
),

statuses as (
    select * from {{ ref('order_statuses') }}
),

records as (
    select * from {{ ref('int_touchpoint_records_collapsed') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where person_id is not null
),

purchases as (
    select
        orders.source_system,
        orders.source_record_id,
        touchpoints.person_id,
        touchpoints.touchpoint_id,
        orders.ordered_at,
        orders.delivered_at
    from orders
    inner join records
        on orders.source_system = records.source_system
        and orders.source_table = records.source_table
        and orders.source_record_id = records.source_record_id
    inner join touchpoints
        on records.touchpoint_id = touchpoints.touchpoint_id
    left join statuses
        on lower(orders.status) = statuses.status
    where coalesce(statuses.is_purchase, true)
)

select * from purchases
