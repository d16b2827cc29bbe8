-- one row per order whose sales channel a rule knows: channel and rule; web orders await a visit
with

orders as (
    select * from {{ ref('int_orders_unified') }}
),

channeled as (
    {{ channels_of('orders', scope='order', texts=[('sales_channel', 'sales_channel')]) }}
)

select * from channeled
