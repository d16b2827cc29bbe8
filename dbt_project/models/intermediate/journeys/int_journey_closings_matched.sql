-- one row per account and moment at which a rule would close a journey of a type
with

signals as (
    select * from {{ touched(ref('int_stage_signals_unioned')) }}
),

closing_rules as (
    select *
    from {{ ref('journey_rules') }}
    where event = 'closes'
),

holds as (
    {{ hold_spells(rules='closing_rules', signals='signals') }}
),

quiet as (
    {{ quiet_spells(rules='closing_rules', signals='signals', holds='holds') }}
),

signalled as (
    {{ unheld_signals(rules='closing_rules', signals='signals', holds='holds') }}
),

moments as (
    select
        account_id,
        rule_id,
        quiet_from as closes_at,
        cast(null as decimal(18, 2)) as amount,
        evidence_type,
        evidence_id
    from quiet
    union all
    select
        account_id,
        rule_id,
        signalled_at as closes_at,
        value as amount,
        evidence_type,
        evidence_id
    from signalled
),

reopenings as (
    select distinct
        moments.account_id,
        moments.rule_id,
        moments.closes_at
    from moments
    inner join closing_rules
        on moments.rule_id = closing_rules.rule_id
    inner join signals
        on moments.account_id = signals.account_id
        and closing_rules.reopen_signal = signals.signal
        and moments.closes_at < signals.occurred_at
        and signals.occurred_at <= {{ add_days('moments.closes_at', 'closing_rules.reopen_days') }}
),

closings as (
    select
        moments.account_id,
        closing_rules.journey_type,
        closing_rules.outcome,
        closing_rules.priority,
        moments.rule_id,
        moments.amount,
        moments.closes_at,
        moments.evidence_type,
        moments.evidence_id
    from moments
    inner join closing_rules
        on moments.rule_id = closing_rules.rule_id
    left join reopenings
        on moments.account_id = reopenings.account_id
        and moments.rule_id = reopenings.rule_id
        and moments.closes_at = reopenings.closes_at
    where reopenings.rule_id is null
)

select * from closings
