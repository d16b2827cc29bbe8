-- one row per version of an act inside the product, typed
with

raw_rows as (
    select * from {{ source('files', 'product_events') }}
),

typed as (
    select
        -- ids
        event_id,
        user_id,
        account_id,
        -- text
        {{ clean_email('email') }} as email,
        lower(trim(event_name)) as event_name,
        properties,
        -- dates and timestamps
        {{ try_timestamp('occurred_at') }} as occurred_at,
        -- load
        {{ load_columns('product_events', key=['event_id']) }}
    from raw_rows
)

select * from typed
