-- one row per item of an order: what it is, by the products where it does not say, and its cost
with

items as (
    select * from {{ ref('int_order_items_unified') }}
),

products as (
    select * from {{ ref('int_products_unified') }}
),

described as (
    select
        items.source_system,
        items.source_record_id,
        items.order_id,
        items.product_id,
        coalesce(items.product_name, products.name) as product_name,
        coalesce(items.category, products.category) as category,
        coalesce(items.quantity, 1) as quantity,
        items.price,
        products.cost as unit_cost,
        products.currency as cost_currency
    from items
    left join products
        on items.source_system = products.source_system
        and items.product_id = products.product_id
)

select * from described
