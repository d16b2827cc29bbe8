-- one row per version of a change of the status of a lead or contact, typed
with

raw_rows as (
    select * from {{ source('files', 'lead_status_changes') }}
),

typed as (
    select
        -- ids
        change_id,
        lead_id,
        contact_id,
        -- text
        lower(trim(status)) as status,
        owner,
        -- dates and timestamps
        {{ try_timestamp('changed_at') }} as changed_at,
        -- load
        {{ load_columns('lead_status_changes', key=['change_id']) }}
    from raw_rows
)

select * from typed
