-- one row per raw row of a deal, in the shape of the account it won: the seller
with

deals as (
    select * from {{ source('olist', 'closed_deals') }}
),

typed as (
    select
        -- ids
        seller_id as account_id,
        cast(null as varchar(255)) as parent_account_id,
        -- text
        cast(null as varchar(255)) as name,
        cast(null as varchar(255)) as domain,
        cast(null as varchar(255)) as website,
        business_segment as industry,
        'BRL' as currency,
        'BR' as country,
        cast(null as varchar(255)) as region,
        cast(null as varchar(255)) as city,
        sr_id as owner,
        'company' as account_type,
        -- numbers
        cast(null as bigint) as employee_count,
        -- most sellers declared 0, which says that they declared nothing
        cast(
            nullif({{ try_number('declared_monthly_revenue') }}, 0) * 12 as decimal(18, 4)
        ) as annual_revenue,
        -- booleans
        false as is_deleted,
        -- dates and timestamps
        {{ utc_of_local('won_date', 'America/Sao_Paulo') }} as created_at,
        cast(null as timestamp) as updated_at,
        -- load
        {{ load_columns('closed_deals', key=['seller_id']) }}
    from deals
)

select * from typed
