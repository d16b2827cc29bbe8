-- one row per version of a request to the service desk, typed
with

raw_rows as (
    select * from {{ source('files', 'tickets') }}
),

typed as (
    select
        -- ids
        ticket_id,
        contact_id,
        account_id,
        -- text
        {{ clean_email('email') }} as email,
        subject,
        lower(trim(category)) as category,
        lower(trim(priority)) as priority,
        lower(trim(status)) as status,
        lower(trim(channel)) as channel,
        -- numbers
        {{ try_number('satisfaction') }} as satisfaction,
        -- dates and timestamps
        {{ try_timestamp('created_at') }} as created_at,
        {{ try_timestamp('solved_at') }} as solved_at,
        -- load
        {{ load_columns('tickets', key=['ticket_id']) }}
    from raw_rows
)

select * from typed
