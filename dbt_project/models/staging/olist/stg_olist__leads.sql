-- one row per raw row of a seller's request, in the shape of a lead; its deal converts it
{%- set zone = 'America/Sao_Paulo' %}
with

requests as (
    select * from {{ source('olist', 'marketing_qualified_leads') }}
),

deals as (
    {{ latest_rows(source('olist', 'closed_deals'), ['mql_id']) }}
),

converted as (
    select
        requests.*,
        deals.mql_id as deal_id,
        deals.seller_id,
        {{ utc_of_local('deals.won_date', zone) }} as won_at
    from requests
    left join deals
        on requests.mql_id = deals.mql_id
),

typed as (
    select
        -- ids
        mql_id as lead_id,
        cast(null as varchar(255)) as converted_contact_id,
        seller_id as converted_account_id,
        deal_id as converted_opportunity_id,
        cast(null as varchar(255)) as merged_into_id,
        -- text
        cast(null as varchar(255)) as email,
        cast(null as varchar(255)) as first_name,
        cast(null as varchar(255)) as last_name,
        cast(null as varchar(255)) as phone,
        cast(null as varchar(255)) as company,
        cast(null as varchar(255)) as website,
        cast(null as varchar(255)) as title,
        'BR' as country,
        'pt' as language,
        case when deal_id is null then 'open' else 'converted' end as status,
        nullif(trim(origin), '') as lead_source,
        landing_page_id as landing_page,
        cast(null as varchar(255)) as self_reported_source,
        -- booleans
        false as is_deleted,
        -- dates and timestamps
        won_at as converted_at,
        {{ utc_of_local('first_contact_date', zone) }} as created_at,
        cast(null as timestamp) as updated_at,
        -- everything else the system says, for custom_attributes
        {{ row_json('converted') }} as raw_fields,
        -- load
        {{ load_columns('marketing_qualified_leads', key=['mql_id']) }}
    from converted
)

select * from typed
