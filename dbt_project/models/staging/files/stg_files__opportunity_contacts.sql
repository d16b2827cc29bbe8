-- one row per version of a role of a contact in a deal, typed
with

raw_rows as (
    select * from {{ source('files', 'opportunity_contacts') }}
),

typed as (
    select
        -- ids
        opportunity_id,
        contact_id,
        -- text
        lower(trim(role)) as role,
        -- booleans
        {{ try_boolean('is_primary') }} as is_primary,
        -- load
        {{ load_columns('opportunity_contacts', key=['opportunity_id', 'contact_id', 'role']) }}
    from raw_rows
)

select * from typed
