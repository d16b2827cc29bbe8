-- one row per signal that a conversion rule may judge and that no touchpoint is by its type
with

signals as (
    select * from {{ ref('int_stage_signals_unioned') }}
),

touchpoint_facts as (
    select * from {{ ref('int_conversion_facts_from_touchpoints') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
),

named_signals as (
    select distinct signal
    from {{ ref('conversion_rules') }}
    where is_active
),

other_signals as (
    select
        signals.*,
        touchpoints.touchpoint_id,
        row_number() over (
            partition by
                signals.source_system, signals.signal, signals.evidence_type, signals.evidence_id
            order by
                signals.occurred_at,
                signals.account_id nulls last,
                signals.person_id nulls last
        ) as sighting
    from signals
    inner join named_signals
        on signals.signal = named_signals.signal
    left join touchpoints
        on signals.evidence_id = touchpoints.touchpoint_id
    left join touchpoint_facts
        on signals.evidence_id = touchpoint_facts.touchpoint_id
        and signals.signal = touchpoint_facts.signal
    where touchpoint_facts.touchpoint_id is null
),

other_facts as (
    select
        {{ surrogate_key(['source_system', 'signal', 'evidence_type', 'evidence_id']) }} as fact_id,
        signal,
        touchpoint_id,
        source_system,
        account_id,
        person_id,
        evidence_type,
        evidence_id,
        cast(value as decimal(18, 2)) as amount,
        occurred_at
    from other_signals
    where sighting = 1
)

select * from other_facts
