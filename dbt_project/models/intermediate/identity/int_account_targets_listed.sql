-- one row per method, thing that evidence may point to, country if it matters, and account it means
{#- evidence method, method, and what it points by #}
{%- set ways = [
    ('crm_link', 'crm_link', 'account_key'), ('deal_role', 'deal_role', 'account_key'),
    ('record_link', 'record_link', 'account_key'), ('email_domain', 'email_domain', 'domain'),
    ('stated_domain', 'stated_domain', 'domain'), ('email_domain', 'alias_domain', 'alias_domain'),
    ('stated_domain', 'alias_domain', 'alias_domain'), ('stated_name', 'stated_name', 'normalised_name'),
    ('stated_name', 'similar_name', 'resembling_name'),
] %}
with

members as (
    select * from {{ ref('int_companies_normalised') }}
),

keys as (
    select * from {{ ref('int_account_keys_survived') }}
),

survivors as (
    select * from {{ ref('int_companies_survived') }}
    where not is_deleted
),

aliases as (
    select
        {{ account_key('account_system', 'account_id') }} as account_key,
        lower(alias_value) as alias_domain
    from {{ ref('account_aliases') }}
    where is_active and alias_kind = 'domain'
),

likenesses as (
    select * from {{ source('lookups', 'company_name_likenesses') }}
),

-- what was said of a merged account holds for the one that took its place
companies as (
    select
        keys.account_key,
        keys.account_id,
        survivors.motion,
        survivors.is_customer,
        members.domain,
        aliases.alias_domain,
        members.normalised_name,
        coalesce(members.country, survivors.country, '') as country,
        cast(1 as decimal(9, 6)) as similarity
    from members
    inner join keys
        on members.account_key = keys.account_key
    inner join survivors
        on keys.account_id = survivors.account_id
    left join aliases
        on keys.account_key = aliases.account_key
),

resembling as (
    select
        companies.account_id,
        companies.motion,
        companies.is_customer,
        companies.country,
        likenesses.stated_name as resembling_name,
        max(likenesses.similarity) as similarity
    from likenesses
    inner join companies
        on likenesses.account_name = companies.normalised_name
    group by
        companies.account_id, companies.motion, companies.is_customer, companies.country,
        likenesses.stated_name
),

targets as (
    {%- for evidence_method, method, wanted in ways %}
    select distinct
        '{{ evidence_method }}' as evidence_method,
        '{{ method }}' as method,
        {{ wanted }} as wanted,
        {{ 'country' if evidence_method == 'stated_name' else "''" }} as wanted_country,
        account_id,
        motion,
        is_customer,
        similarity
    from {{ 'resembling' if method == 'similar_name' else 'companies' }}
    where {{ wanted }} is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from targets
