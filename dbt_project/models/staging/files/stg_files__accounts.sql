-- one row per version of an account of a CRM, typed
with

raw_rows as (
    select * from {{ source('files', 'accounts') }}
),

typed as (
    select
        -- ids
        account_id,
        parent_account_id,
        merged_into_id,
        -- text
        name,
        domain,
        website,
        industry,
        currency,
        country,
        region,
        city,
        owner,
        account_type,
        -- numbers
        {{ try_integer('employee_count') }} as employee_count,
        {{ try_number('annual_revenue') }} as annual_revenue,
        -- booleans
        coalesce({{ try_boolean('is_deleted') }}, false) as is_deleted,
        -- dates and timestamps
        {{ try_timestamp('created_at') }} as created_at,
        {{ try_timestamp('updated_at') }} as updated_at,
        -- everything else the system says, for custom_attributes
        {{ row_json('raw_rows') }} as raw_fields,
        -- load
        {{ load_columns('accounts', key=['account_id']) }}
    from raw_rows
)

select * from typed
