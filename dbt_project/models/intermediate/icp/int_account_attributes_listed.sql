-- one row per account and attribute it has a value of, in long form
with

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

opportunities as (
    select * from {{ ref('int_opportunities_unified') }}
),

keys as (
    select * from {{ ref('int_account_keys_survived') }}
),

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

custom_attributes as (
    select * from {{ ref('int_custom_attributes_chosen') }}
    where entity = 'account'
),

excluded_domains as (
    select * from {{ ref('excluded_domains') }}
),

budgets as (
    select
        keys.account_id,
        max({{ in_reporting_currency(
            'opportunities.budget', 'opportunities.currency', 'rates.rate_to_reporting'
        ) }}) as opportunity_budget
    from opportunities
    inner join keys
        on {{ account_key('opportunities.source_system', 'opportunities.account_id') }}
        = keys.account_key
    left join rates
        on opportunities.currency = rates.currency
        and cast(opportunities.created_at as date) >= rates.valid_from
        and cast(opportunities.created_at as date) < rates.valid_to
    where not opportunities.is_deleted and opportunities.account_id is not null
    group by keys.account_id
),

described as (
    select
        accounts.account_id,
        accounts.account_type,
        accounts.motion,
        accounts.name,
        accounts.domain,
        accounts.industry,
        accounts.employee_band,
        accounts.country,
        accounts.region,
        accounts.city,
        accounts.owner,
        case when accounts.domain is not null then coalesce(excluded_domains.reason, 'none') end
            as excluded_as,
        accounts.employee_count,
        {{ in_reporting_currency(
            'accounts.annual_revenue', 'accounts.currency', 'rates.rate_to_reporting'
        ) }} as annual_revenue,
        budgets.opportunity_budget
    from accounts
    left join budgets
        on accounts.account_id = budgets.account_id
    left join rates
        on accounts.currency = rates.currency
        and cast(accounts.created_at as date) >= rates.valid_from
        and cast(accounts.created_at as date) < rates.valid_to
    left join excluded_domains
        on accounts.domain = excluded_domains.domain
        and excluded_domains.is_active
),

listed as (
    {% set numbers = ['employee_count', 'annual_revenue', 'opportunity_budget'] -%}
    {% set texts = [
        'account_type', 'motion', 'name', 'domain', 'industry', 'employee_band',
        'country', 'region', 'city', 'owner', 'excluded_as',
    ] -%}
    {% for attribute in texts + numbers -%}
    select
        account_id as entity_id,
        '{{ attribute }}' as attribute,
        {{ 'cast(null as varchar(255))' if attribute in numbers else attribute }} as value_text,
        cast({{ attribute if attribute in numbers else 'null' }} as decimal(18, 4)) as value_number,
        cast(null as date) as value_date
    from described
    where {{ attribute }} is not null
    union all
    {% endfor -%}
    select
        accounts.account_id as entity_id,
        custom_attributes.attribute,
        custom_attributes.value_text,
        custom_attributes.value_number,
        custom_attributes.value_date
    from custom_attributes
    inner join accounts
        on custom_attributes.entity_id = accounts.account_id
)

select * from listed
