-- one row per version of a lead of a CRM, typed
with

raw_rows as (
    select * from {{ source('files', 'leads') }}
),

typed as (
    select
        -- ids
        lead_id,
        converted_contact_id,
        converted_account_id,
        converted_opportunity_id,
        nullif(trim(merged_into_id), '') as merged_into_id,
        -- text
        {{ clean_email('email') }} as email,
        first_name,
        last_name,
        phone,
        company,
        website,
        title,
        country,
        language,
        status,
        lead_source,
        landing_page,
        self_reported_source,
        -- booleans
        coalesce({{ try_boolean('is_deleted') }}, false) as is_deleted,
        -- dates and timestamps
        {{ try_timestamp('converted_at') }} as converted_at,
        {{ try_timestamp('created_at') }} as created_at,
        {{ try_timestamp('updated_at') }} as updated_at,
        -- everything else the system says, for custom_attributes
        {{ row_json('raw_rows') }} as raw_fields,
        -- load
        {{ load_columns('leads', key=['lead_id']) }}
    from raw_rows
)

select * from typed
