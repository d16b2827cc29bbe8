-- one row per version of an answer of a person to a campaign: invited, registered, attended, typed
with

raw_rows as (
    select * from {{ source('files', 'campaign_members') }}
),

typed as (
    select
        -- ids
        member_id,
        campaign_id,
        contact_id,
        lead_id,
        -- text
        {{ clean_email('email') }} as email,
        campaign_name,
        lower(trim(campaign_type)) as campaign_type,
        lower(trim(status)) as status,
        -- dates and timestamps
        {{ try_timestamp('occurred_at') }} as occurred_at,
        -- load
        {{ load_columns('campaign_members', key=['member_id']) }}
    from raw_rows
)

select * from typed
