-- one row per raw row of a deal, in the shape of an opportunity; the export knows won ones only
with

deals as (
    select * from {{ source('olist', 'closed_deals') }}
),

typed as (
    select
        -- ids
        mql_id as opportunity_id,
        seller_id as account_id,
        -- text
        cast(null as varchar(255)) as name,
        'new' as opportunity_type,
        'won' as stage,
        'BRL' as currency,
        sr_id as owner,
        cast(null as varchar(255)) as lost_reason,
        cast(null as varchar(255)) as competitor,
        -- numbers
        cast(null as decimal(18, 4)) as amount,
        cast(null as decimal(18, 4)) as budget,
        cast(null as decimal(18, 4)) as probability,
        -- booleans
        true as is_closed,
        true as is_won,
        false as is_deleted,
        -- dates and timestamps
        {{ utc_of_local('won_date', 'America/Sao_Paulo') }} as created_at,
        {{ try_date('won_date') }} as close_date,
        {{ utc_of_local('won_date', 'America/Sao_Paulo') }} as closed_at,
        cast(null as timestamp) as updated_at,
        -- everything else the system says, for custom_attributes
        {{ row_json('deals') }} as raw_fields,
        -- load
        {{ load_columns('closed_deals', key=['mql_id']) }}
    from deals
)

select * from typed
