-- one row per version of a deal, typed
with

raw_rows as (
    select * from {{ source('files', 'opportunities') }}
),

typed as (
    select
        -- ids
        opportunity_id,
        account_id,
        -- text
        name,
        type as opportunity_type,
        stage,
        currency,
        owner,
        lost_reason,
        competitor,
        -- numbers
        {{ try_number('amount') }} as amount,
        {{ try_number('budget') }} as budget,
        {{ try_number('probability') }} as probability,
        -- booleans
        coalesce({{ try_boolean('is_closed') }}, false) as is_closed,
        coalesce({{ try_boolean('is_won') }}, false) as is_won,
        coalesce({{ try_boolean('is_deleted') }}, false) as is_deleted,
        -- dates and timestamps
        {{ try_timestamp('created_at') }} as created_at,
        {{ try_date('close_date') }} as close_date,
        {{ try_timestamp('closed_at') }} as closed_at,
        {{ try_timestamp('updated_at') }} as updated_at,
        -- everything else the system says, for custom_attributes
        {{ row_json('raw_rows') }} as raw_fields,
        -- load
        {{ load_columns('opportunities', key=['opportunity_id']) }}
    from raw_rows
)

select * from typed
