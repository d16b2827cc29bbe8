-- one row per version of a contact of a CRM, typed
with

raw_rows as (
    select * from {{ source('files', 'contacts') }}
),

typed as (
    select
        -- ids
        contact_id,
        account_id,
        nullif(trim(merged_into_id), '') as merged_into_id,
        -- text
        {{ clean_email('email') }} as email,
        first_name,
        last_name,
        phone,
        title,
        department,
        country,
        city,
        language,
        timezone,
        gender,
        lead_source,
        self_reported_source,
        loyalty_tier,
        -- numbers
        {{ try_integer('loyalty_points') }} as loyalty_points,
        -- booleans
        {{ try_boolean('email_opt_out') }} as email_opt_out,
        coalesce({{ try_boolean('is_deleted') }}, false) as is_deleted,
        -- dates and timestamps
        {{ try_date('birth_date') }} as birth_date,
        {{ try_timestamp('created_at') }} as created_at,
        {{ try_timestamp('updated_at') }} as updated_at,
        -- everything else the system says, for custom_attributes
        {{ row_json('raw_rows') }} as raw_fields,
        -- load
        {{ load_columns('contacts', key=['contact_id']) }}
    from raw_rows
)

select * from typed
