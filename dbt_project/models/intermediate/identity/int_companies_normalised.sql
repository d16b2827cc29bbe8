-- one row per account of a CRM, with its keys, registrable domain and normalised name
with

accounts as (
    select * from {{ ref('int_accounts_unified') }}
),

opportunities as (
    select * from {{ ref('int_opportunities_unified') }}
),

hosts as (
    select * from {{ source('lookups', 'hosts') }}
),

company_names as (
    select * from {{ source('lookups', 'company_names') }}
),

customers as (
    select distinct {{ account_key('source_system', 'account_id') }} as account_key
    from opportunities
    where is_won
        and not is_deleted
        and account_id is not null
),

hosted as (
    select
        *,
        {{ account_key('source_system', 'account_id') }} as account_key,
        coalesce({{ host_of('domain') }}, {{ host_of('website') }}) as host
    from accounts
),

normalised as (
    select
        -- keys
        hosted.account_key,
        {%- for other in ['parent_account', 'merged_into'] %}
        case
            when hosted.{{ other }}_id <> hosted.account_id
                then {{ account_key('hosted.source_system', 'hosted.' ~ other ~ '_id') }}
        end as {{ other }}_key,
        {%- endfor %}
        hosted.source_system,
        hosted.source_record_id,
        -- text
        case when lower(hosted.account_type) = 'individual' then 'individual' else 'company' end
            as account_type,
        case when lower(hosted.account_type) = 'individual' then 'b2c' else 'b2b' end as motion,
        hosted.name,
        company_names.normalised_name,
        case
            when not coalesce(hosts.is_free_mail or hosts.is_disposable, false)
                then hosts.registrable_domain
        end as domain,
        hosted.website,
        hosted.industry,
        hosted.country,
        hosted.region,
        hosted.city,
        hosted.owner,
        hosted.currency,
        -- numbers
        hosted.employee_count,
        hosted.annual_revenue,
        -- booleans
        customers.account_key is not null as is_customer,
        hosted.is_deleted,
        -- timestamps
        coalesce(hosted.created_at, hosted.updated_at) as created_at
    from hosted
    left join hosts
        on hosted.host = hosts.host
    left join company_names
        on hosted.name = company_names.name
    left join customers
        on hosted.account_key = customers.account_key
)

select * from normalised
