-- one row per account, stage rule and moment at which the rule was true
with

signals as (
    select * from {{ touched(ref('int_stage_signals_unioned')) }}
),

stage_rules as (
    select * from {{ ref('stage_rules') }}
),

matched as (
    {{ match_signal_rules(rules='stage_rules', signals='signals') }}
),

-- several earlier signals may all become true with the one they waited for
ranked as (
    select
        *,
        row_number() over (
            partition by account_id, rule_id, matched_at
            order by evidence_type, evidence_id
        ) as preference
    from matched
),

moments as (
    select
        account_id,
        rule_id,
        matched_at,
        evidence_type,
        evidence_id
    from ranked
    where preference = 1
)

select * from moments
