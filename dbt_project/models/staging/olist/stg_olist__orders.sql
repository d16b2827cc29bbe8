-- one row per version of an order, in the shape of an order; who ordered is the shopper
{%- set zone = 'America/Sao_Paulo' %}
with

orders as (
    select * from {{ source('olist', 'orders') }}
),

customers as (
    {{ latest_rows(source('olist', 'customers'), ['customer_id']) }}
),

payments as (
    {{ latest_rows(source('olist', 'order_payments'), ['order_id', 'payment_sequential']) }}
),

paid as (
    select
        order_id,
        sum({{ try_number('payment_value') }}) as total
    from payments
    group by order_id
),

typed as (
    select
        -- ids
        orders.order_id,
        orders.order_id as transaction_id,
        customers.customer_unique_id as contact_id,
        cast(null as varchar(255)) as account_id,
        cast(null as varchar(255)) as user_id,
        cast(null as varchar(255)) as anonymous_id,
        -- text
        cast(null as varchar(255)) as email,
        lower(trim(orders.order_status)) as status,
        cast(null as varchar(255)) as sales_channel,
        'BRL' as currency,
        cast(null as varchar(255)) as discount_code,
        -- numbers
        cast(paid.total as decimal(18, 4)) as total,
        cast(null as decimal(18, 4)) as refunded_amount,
        -- dates and timestamps
        {{ utc_of_local('orders.order_purchase_timestamp', zone) }} as ordered_at,
        {{ utc_of_local('orders.order_delivered_carrier_date', zone) }} as shipped_at,
        {{ utc_of_local('orders.order_delivered_customer_date', zone) }} as delivered_at,
        cast(null as timestamp) as updated_at,
        -- load
        'orders' as source_table,
        orders.order_id as source_record_id,
        orders._batch_id,
        orders._source_file,
        orders._source_row
    from orders
    left join customers
        on orders.customer_id = customers.customer_id
    left join paid
        on orders.order_id = paid.order_id
)

select * from typed
