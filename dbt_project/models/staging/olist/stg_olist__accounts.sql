-- one row per raw row of a deal, a seller or a customer: the seller or shopper it is about
with

deals as (
    select * from {{ source('olist', 'closed_deals') }}
),

sellers as (
    select * from {{ source('olist', 'sellers') }}
),

customers as (
    select * from {{ source('olist', 'customers') }}
),

latest_deals as (
    {{ latest_rows(source('olist', 'closed_deals'), ['seller_id']) }}
),

latest_sellers as (
    {{ latest_rows(source('olist', 'sellers'), ['seller_id']) }}
),

places as (
    {{ zip_places() }}
),

records as (
    select
        seller_id as account_id,
        'company' as account_type,
        {{ load_columns('closed_deals', key=['seller_id']) }}
    from deals
    union all
    select
        seller_id as account_id,
        'company' as account_type,
        {{ load_columns('sellers', key=['seller_id']) }}
    from sellers
    union all
    select
        customer_unique_id as account_id,
        'individual' as account_type,
        {{ load_columns('customers', key=['customer_unique_id']) }}
    from customers
),

typed as (
    select
        -- ids
        records.account_id,
        cast(null as varchar(255)) as parent_account_id,
        cast(null as varchar(255)) as merged_into_id,
        -- text
        cast(null as varchar(255)) as name,
        cast(null as varchar(255)) as domain,
        cast(null as varchar(255)) as website,
        latest_deals.business_segment as industry,
        'BRL' as currency,
        'BR' as country,
        coalesce(places.state, latest_sellers.seller_state) as region,
        coalesce(places.city, {{ plain_letters('latest_sellers.seller_city') }}) as city,
        latest_deals.sr_id as owner,
        records.account_type,
        -- numbers; most sellers declared 0, which says that they declared nothing
        cast(null as bigint) as employee_count,
        cast(
            nullif({{ try_number('latest_deals.declared_monthly_revenue') }}, 0) * 12
            as decimal(18, 4)
        ) as annual_revenue,
        -- booleans
        false as is_deleted,
        -- dates and timestamps
        {{ utc_of_local('latest_deals.won_date', 'America/Sao_Paulo') }} as created_at,
        cast(null as timestamp) as updated_at,
        -- everything else the system says, for custom_attributes
        {{ row_json('latest_deals') }} as raw_fields,
        -- load
        records.source_table,
        records.source_record_id,
        records._batch_id,
        records._source_file,
        records._source_row
    from records
    left join latest_deals
        on records.account_id = latest_deals.seller_id
    left join latest_sellers
        on records.account_id = latest_sellers.seller_id
    left join places
        on {{ zip_code('latest_sellers.seller_zip_code_prefix') }} = places.zip_code
)

select * from typed
