-- one row per version of a line of an order, typed
with

raw_rows as (
    select * from {{ source('files', 'order_items') }}
),

typed as (
    select
        -- ids
        item_id,
        order_id,
        account_id,
        product_id,
        -- text
        product_name,
        category,
        -- numbers
        {{ try_number('quantity') }} as quantity,
        {{ try_number('price') }} as price,
        -- load
        {{ load_columns('order_items', key=['item_id']) }}
    from raw_rows
)

select * from typed
