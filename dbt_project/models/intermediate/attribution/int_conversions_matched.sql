-- one row per fact and conversion type it counts as, with the rule that says so
-- depends_on: {{ ref('int_account_members_listed') }}, which ties accounts of one person
with

facts as (
    select * from {{ touched(ref('int_conversion_facts_listed')) }}
),

described as (
    select attributes.*
    from {{ ref('int_conversion_facts_described') }} as attributes
    inner join facts
        on attributes.entity_id = facts.fact_id
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

conversion_rules as (
    select
        *,
        signal as scope,
        conversion_type as result
    from {{ ref('conversion_rules') }}
),

matched as (
    {{ match_attribute_rules(rules='conversion_rules', attributes='described') }}
),

rule_terms as (
    select
        rule_id,
        min(system) as system,
        min(motion) as motion,
        min(entity) as entity,
        min(once_per) as once_per,
        min(fixed_amount) as fixed_amount,
        min(email_window_days) as email_window_days
    from conversion_rules
    where is_active
    group by rule_id
),

ranked as (
    select
        facts.fact_id,
        facts.touchpoint_id,
        facts.account_id,
        facts.person_id,
        facts.evidence_type,
        facts.evidence_id,
        facts.amount,
        facts.occurred_at,
        accounts.motion,
        matched.result as conversion_type,
        matched.rule_id,
        matched.rule_version,
        rule_terms.entity,
        rule_terms.once_per,
        rule_terms.fixed_amount,
        rule_terms.email_window_days,
        row_number() over (
            partition by facts.fact_id, matched.result
            order by matched.priority nulls last, matched.rule_id
        ) as preference
    from matched
    inner join facts
        on matched.entity_id = facts.fact_id
        and matched.scope = facts.signal
    inner join rule_terms
        on matched.rule_id = rule_terms.rule_id
    left join accounts
        on facts.account_id = accounts.account_id
    where
        (rule_terms.motion is null or rule_terms.motion = accounts.motion)
        and (rule_terms.system is null or rule_terms.system = facts.source_system)
),

counted as (
    select
        *,
        row_number() over (
            partition by
                conversion_type,
                case once_per
                    when 'person' then coalesce(person_id, account_id, fact_id)
                    when 'account' then coalesce(account_id, person_id, fact_id)
                    else fact_id
                end
            order by occurred_at, fact_id
        ) as occurrence
    from ranked
    where preference = 1
),

first_occurrences as (
    select * from counted
    where occurrence = 1
)

select * from first_occurrences
