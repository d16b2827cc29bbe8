-- one row per account and moment at which a rule could open a journey
with

signals as (
    select * from {{ touched(ref('int_stage_signals_unioned')) }}
),

opening_rules as (
    select
        *,
        'signals' as count_of,
        1 as min_count,
        cast(null as bigint) as window_days
    from {{ ref('journey_rules') }}
    where event = 'opens'
),

matched as (
    {{ match_signal_rules(rules='opening_rules', signals='signals') }}
),

openings as (
    select
        matched.account_id,
        opening_rules.journey_type,
        opening_rules.inside,
        opening_rules.outside,
        opening_rules.priority,
        matched.rule_id,
        matched.matched_at as opens_at,
        matched.evidence_type,
        matched.evidence_id
    from matched
    inner join opening_rules
        on matched.rule_id = opening_rules.rule_id
)

select * from openings
