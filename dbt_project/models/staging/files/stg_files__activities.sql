-- one row per version of a call, meeting, mail, chat, note or task logged in a CRM, typed
with

raw_rows as (
    select * from {{ source('files', 'activities') }}
),

typed as (
    select
        -- ids
        activity_id,
        contact_id,
        lead_id,
        account_id,
        opportunity_id,
        product_id,
        -- text
        lower(trim(activity_type)) as activity_type,
        subject,
        lower(trim(direction)) as direction,
        owner,
        outcome,
        sentiment,
        category,
        -- numbers
        {{ try_integer('duration_seconds') }} as duration_seconds,
        -- dates and timestamps
        {{ try_timestamp('occurred_at') }} as occurred_at,
        -- load
        {{ load_columns('activities', key=['activity_id']) }}
    from raw_rows
)

select * from typed
