-- one row per registrable domain that means one company: the account, where a tie is broken by rule
with

companies as (
    select * from {{ ref('int_companies_normalised') }}
    where not is_deleted and domain is not null
),

rules as (
    select * from {{ ref('account_match_rules') }}
    where is_active and method = 'stated_domain'
),

compared as (
    select
        companies.domain,
        companies.account_id,
        companies.is_customer,
        rules.tie_break,
        rules.rule_id,
        count(*) over (partition by companies.domain, rules.rule_id) as account_count,
        sum(case when companies.is_customer then 1 else 0 end)
            over (partition by companies.domain, rules.rule_id) as customer_count
    from companies
    inner join rules
        on companies.motion = coalesce(rules.motion, companies.motion)
),

chosen as (
    select
        domain,
        min(account_id) as account_id,
        min(rule_id) as rule_id
    from compared
    where account_count = 1
        or (tie_break = 'only_customer' and is_customer and customer_count = 1)
    group by domain
)

select * from chosen
