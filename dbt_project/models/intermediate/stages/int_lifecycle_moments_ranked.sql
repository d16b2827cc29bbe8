-- one row per person, lifecycle rule and moment at which it held
with

signals as (
    select * from {{ touched(ref('int_lifecycle_signals_listed')) }}
),

rules as (
    select * from {{ ref('lifecycle_rules') }}
    where is_active
),

lifecycles as (
    select * from {{ ref('lifecycle_definitions') }}
    where is_active
),

held as (
    select
        signals.person_id,
        signals.account_id,
        signals.occurred_at,
        signals.evidence_type,
        signals.evidence_id,
        rules.rule_id,
        rules.rule_version,
        rules.lifecycle,
        lifecycles.rank as lifecycle_rank,
        rules.is_recycle,
        barriers.rank as barrier_rank,
        -- at one instant who falls back does so first, and the highest state counts
        row_number() over (
            partition by signals.person_id
            order by
                signals.occurred_at asc,
                rules.is_recycle desc,
                lifecycles.rank asc,
                rules.priority asc nulls last,
                rules.rule_id asc,
                signals.evidence_type asc,
                signals.evidence_id asc
        ) as turn
    from signals
    inner join rules
        on signals.signal = rules.signal
        and {{ rule_applies('rules', 'signals') }}
    inner join lifecycles
        on rules.lifecycle = lifecycles.lifecycle
    left join lifecycles as barriers
        on rules.unless_lifecycle = barriers.lifecycle
)

select * from held
