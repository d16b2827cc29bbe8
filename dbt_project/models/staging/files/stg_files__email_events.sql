-- one row per version of a thing that happened to one message and one address, typed
with

raw_rows as (
    select * from {{ source('files', 'email_events') }}
),

typed as (
    select
        -- ids
        event_id,
        message_id,
        -- text
        {{ clean_email('email') }} as email,
        lower(trim(event_type)) as event_type,
        lower(trim(bounce_type)) as bounce_type,
        url,
        user_agent,
        ip,
        -- dates and timestamps
        {{ try_timestamp('occurred_at') }} as occurred_at,
        -- load
        {{ load_columns('email_events', key=['event_id']) }}
    from raw_rows
)

select * from typed
