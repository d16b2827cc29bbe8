-- one row per version of a line of an order; its account is the seller, who sold it
with

raw_rows as (
    select * from {{ source('olist', 'order_items') }}
),

typed as (
    select
        -- ids
        order_id || '|' || order_item_id as item_id,
        order_id,
        seller_id as account_id,
        product_id,
        -- text
        cast(null as varchar(255)) as product_name,
        cast(null as varchar(255)) as category,
        -- numbers
        cast(1 as decimal(18, 4)) as quantity,
        {{ try_number('price') }} as price,
        -- load
        {{ load_columns('order_items', key=['order_id', 'order_item_id']) }}
    from raw_rows
)

select * from typed
