-- one row per item of an order that a known person bought
with

purchases as (
    select * from {{ ref('int_person_purchases_listed') }}
),

orders as (
    select * from {{ ref('int_orders_unified') }}
),

items as (
    select * from {{ ref('int_order_items_described') }}
),

bought as (
    select
        purchases.person_id,
        purchases.source_record_id,
        items.quantity,
        items.category,
        coalesce(items.product_name, items.product_id) as product
    from purchases
    inner join orders
        on purchases.source_system = orders.source_system
        and purchases.source_record_id = orders.source_record_id
    inner join items
        on orders.source_system = items.source_system
        and orders.order_id = items.order_id
)

select * from bought
