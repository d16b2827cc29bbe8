-- one row per transaction: its first completed checkout; a thank-you page may be opened again
with

checkouts as (
    select
        *,
        {{ json_text('event_data', 'transaction_id') }} as transaction_id,
        {{ try_timestamp('timestamp') }} as occurred_at
    from {{ source('puffy', 'web_events') }}
    where event_name = 'checkout_completed'
),

ranked as (
    select
        *,
        row_number() over (
            partition by transaction_id
            order by occurred_at, _row_id
        ) as visit
    from checkouts
    where transaction_id is not null
),

typed as (
    select
        -- ids
        transaction_id as order_id,
        transaction_id,
        cast(null as varchar(255)) as contact_id,
        cast(null as varchar(255)) as account_id,
        cast(null as varchar(255)) as user_id,
        coalesce(nullif(client_id, ''), nullif(clientid, '')) as anonymous_id,
        -- text
        cast(null as varchar(255)) as email,
        'paid' as status,
        'web' as sales_channel,
        'USD' as currency,
        cast(null as varchar(255)) as discount_code,
        -- numbers
        {{ try_number(json_text('event_data', 'revenue')) }} as total,
        cast(null as decimal(18, 4)) as refunded_amount,
        -- dates and timestamps
        occurred_at as ordered_at,
        cast(null as timestamp) as shipped_at,
        cast(null as timestamp) as delivered_at,
        cast(null as timestamp) as updated_at,
        -- load
        {{ load_columns('orders', key=['transaction_id']) }}
    from ranked
    where visit = 1
)

select * from typed
