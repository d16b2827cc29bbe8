-- one row per order's customer record, in the shape of a contact: the shopper, as of that order
with

customers as (
    select * from {{ source('olist', 'customers') }}
),

orders as (
    {{ latest_rows(source('olist', 'orders'), ['customer_id']) }}
),

places as (
    {{ zip_places() }}
),

dated as (
    select
        customers.*,
        {{ utc_of_local('orders.order_purchase_timestamp', 'America/Sao_Paulo') }} as ordered_at,
        {{ zip_code('customers.customer_zip_code_prefix') }} as zip_code
    from customers
    left join orders
        on customers.customer_id = orders.customer_id
),

typed as (
    select
        -- ids
        dated.customer_unique_id as contact_id,
        dated.customer_unique_id as account_id,
        cast(null as varchar(255)) as merged_into_id,
        -- text
        {%- for column in [
            'email', 'first_name', 'last_name', 'phone', 'title', 'department'
        ] %}
        cast(null as varchar(255)) as {{ column }},
        {%- endfor %}
        'BR' as country,
        coalesce(places.city, {{ plain_letters('dated.customer_city') }}) as city,
        'pt' as language,
        {%- for column in [
            'timezone', 'gender', 'lead_source', 'self_reported_source', 'loyalty_tier'
        ] %}
        cast(null as varchar(255)) as {{ column }},
        {%- endfor %}
        -- numbers
        cast(null as bigint) as loyalty_points,
        -- booleans
        cast(null as boolean) as email_opt_out,
        false as is_deleted,
        -- dates and timestamps
        cast(null as date) as birth_date,
        min(dated.ordered_at) over (partition by dated.customer_unique_id) as created_at,
        dated.ordered_at as updated_at,
        -- everything else the system says, for custom_attributes
        {{ row_json('dated') }} as raw_fields,
        -- load
        {{ load_columns('customers', key=['dated.customer_unique_id']) }}
    from dated
    left join places
        on dated.zip_code = places.zip_code
)

select * from typed
