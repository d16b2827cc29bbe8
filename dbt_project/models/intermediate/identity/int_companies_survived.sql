-- one row per company: the account that its records count for, blanks filled from the others
{%- set fields = [
    'name', 'normalised_name', 'domain', 'website', 'industry', 'country', 'region', 'city',
    'owner', 'currency', 'employee_count', 'annual_revenue',
] %}
with

companies as (
    select * from {{ ref('int_companies_normalised') }}
),

keys as (
    select * from {{ ref('int_account_keys_survived') }}
),

members as (
    select
        keys.account_id,
        keys.account_id = companies.account_key as is_survivor,
        nullif(parents.account_id, keys.account_id) as parent_account_id,
        companies.*
    from companies
    inner join keys
        on companies.account_key = keys.account_key
    left join keys as parents
        on companies.parent_account_key = parents.account_key
),

survived as (
    select
        -- keys
        account_id,
        {%- for field in ['parent_account_id', 'source_system', 'account_type', 'motion'] %}
        max(case when is_survivor then {{ field }} end) as {{ field }},
        {%- endfor %}
        -- what the survivor leaves blank the others may know
        {%- for field in fields %}
        coalesce(max(case when is_survivor then {{ field }} end), min({{ field }})) as {{ field }},
        {%- endfor %}
        -- numbers
        count(*) as member_count,
        -- booleans
        max(case when is_customer then 1 else 0 end) = 1 as is_customer,
        max(case when is_survivor and is_deleted then 1 else 0 end) = 1 as is_deleted,
        -- timestamps
        min(created_at) as created_at
    from members
    group by account_id
)

select * from survived
