-- one row per version of a subscription that is billed, typed
with

raw_rows as (
    select * from {{ source('files', 'billing_subscriptions') }}
),

typed as (
    select
        -- ids
        subscription_id,
        account_id,
        -- text
        {{ clean_email('email') }} as email,
        plan,
        currency,
        lower(trim(end_reason)) as end_reason,
        -- numbers
        {{ try_number('mrr') }} as mrr,
        -- dates and timestamps
        {{ try_timestamp('started_at') }} as started_at,
        {{ try_timestamp('renews_at') }} as renews_at,
        {{ try_timestamp('ended_at') }} as ended_at,
        -- load
        {{ load_columns('billing_subscriptions', key=['subscription_id']) }}
    from raw_rows
)

select * from typed
