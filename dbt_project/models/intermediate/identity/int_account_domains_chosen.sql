-- one row per registrable domain that means one company: the account, where a tie is broken by rule
with

targets as (
    select * from {{ ref('int_account_targets_listed') }}
    where evidence_method = 'stated_domain'
),

rules as (
    select * from {{ ref('account_match_rules') }}
    where is_active
),

compared as (
    select
        targets.wanted as domain,
        targets.account_id,
        targets.is_customer,
        rules.tie_break,
        rules.priority,
        rules.rule_id,
        count(*) over (partition by targets.wanted, rules.rule_id) as account_count,
        sum(case when targets.is_customer then 1 else 0 end)
            over (partition by targets.wanted, rules.rule_id) as customer_count
    from targets
    inner join rules
        on targets.method = rules.method
        and targets.motion = coalesce(rules.motion, targets.motion)
),

ranked as (
    select
        *,
        row_number() over (partition by domain order by priority, rule_id, account_id) as preference
    from compared
    where account_count = 1
        or (tie_break = 'only_customer' and is_customer and customer_count = 1)
),

chosen as (
    select
        domain,
        account_id,
        rule_id
    from ranked
    where preference = 1
)

select * from chosen
