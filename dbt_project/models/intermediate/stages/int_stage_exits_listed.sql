-- one row per account, movement rule and spell in which the rule would move the account
with

signals as (
    select * from {{ touched(ref('int_stage_signals_unioned')) }}
),

movement_rules as (
    select * from {{ ref('stage_movement_rules') }}
),

holds as (
    {{ hold_spells(rules='movement_rules', signals='signals') }}
),

quiet as (
    {{ quiet_spells(rules='movement_rules', signals='signals', holds='holds') }}
),

signalled as (
    {{ unheld_signals(rules='movement_rules', signals='signals', holds='holds') }}
),

exits as (
    select
        account_id,
        rule_id,
        true as is_lasting,
        quiet_from as possible_from,
        quiet_until as possible_until,
        evidence_type,
        evidence_id
    from quiet
    union all
    select
        account_id,
        rule_id,
        false as is_lasting,
        signalled_at as possible_from,
        cast(null as timestamp) as possible_until,
        evidence_type,
        evidence_id
    from signalled
)

select * from exits
