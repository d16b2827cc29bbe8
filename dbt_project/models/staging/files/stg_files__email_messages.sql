-- one row per version of a message that was or will be sent to many, typed
with

raw_rows as (
    select * from {{ source('files', 'email_messages') }}
),

typed as (
    select
        -- ids
        message_id,
        campaign_id,
        -- text
        campaign_name,
        lower(trim(message_type)) as message_type,
        journey_step,
        lower(trim(purpose)) as purpose,
        call_to_action,
        subject,
        variant,
        -- dates and timestamps
        {{ try_timestamp('sent_at') }} as sent_at,
        -- load
        {{ load_columns('email_messages', key=['message_id']) }}
    from raw_rows
)

select * from typed
