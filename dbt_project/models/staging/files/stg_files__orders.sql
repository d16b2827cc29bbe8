-- one row per version of an order, typed
with

raw_rows as (
    select * from {{ source('files', 'orders') }}
),

typed as (
    select
        -- ids
        order_id,
        transaction_id,
        contact_id,
        account_id,
        user_id,
        anonymous_id,
        -- text
        {{ clean_email('email') }} as email,
        lower(trim(status)) as status,
        lower(trim(sales_channel)) as sales_channel,
        currency,
        discount_code,
        -- numbers
        {{ try_number('total') }} as total,
        {{ try_number('refunded_amount') }} as refunded_amount,
        -- dates and timestamps
        {{ try_timestamp('ordered_at') }} as ordered_at,
        {{ try_timestamp('shipped_at') }} as shipped_at,
        {{ try_timestamp('delivered_at') }} as delivered_at,
        {{ try_timestamp('updated_at') }} as updated_at,
        -- load
        {{ load_columns('orders', key=['order_id']) }}
    from raw_rows
)

select * from typed
