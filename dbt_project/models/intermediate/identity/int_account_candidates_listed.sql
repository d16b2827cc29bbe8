-- one row per person, account, thing that points from one to the other, and rule that heeds it
with

evidence as (
    select * from {{ ref('int_account_evidence_unioned') }}
    where not is_free_mail
),

targets as (
    select * from {{ ref('int_account_targets_listed') }}
),

rules as (
    select * from {{ ref('account_match_rules') }}
    where is_active
),

listed as (
    select
        evidence.person_id,
        targets.account_id,
        rules.rule_id,
        evidence.evidence,
        targets.is_customer,
        targets.similarity,
        min(evidence.starts_at) as starts_at
    from evidence
    inner join targets
        on evidence.method = targets.evidence_method
        and evidence.wanted = targets.wanted
        and coalesce(evidence.wanted_country, '') = coalesce(targets.wanted_country, '')
    inner join rules
        on targets.method = rules.method
        and targets.similarity >= coalesce(rules.min_similarity, 0)
    where rules.motion is null or rules.motion = targets.motion
    group by
        evidence.person_id, targets.account_id, rules.rule_id, evidence.evidence,
        targets.is_customer, targets.similarity
)

select * from listed
