-- one row per fact that a conversion rule may judge: a touchpoint and signal, or a CRM fact
with

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
),

records as (
    select * from {{ ref('int_touchpoint_records_collapsed') }}
),

leads as (
    select * from {{ ref('int_leads_unified') }}
),

signals as (
    select * from {{ ref('int_stage_signals_unioned') }}
),

touchpoint_types as (
    select * from {{ ref('touchpoint_types') }}
),

conversion_rules as (
    select * from {{ ref('conversion_rules') }}
),

named_signals as (
    select distinct signal
    from conversion_rules
    where is_active
),

-- a web form that a CRM lead was collapsed into is still that lead
lead_touchpoints as (
    select distinct
        records.touchpoint_id,
        touchpoint_types.touchpoint_type as signal
    from records
    inner join leads
        on records.source_system = leads.source_system
        and records.source_table = leads.source_table
        and records.source_record_id = leads.source_record_id
    inner join touchpoint_types
        on touchpoint_types.record_kind = 'leads'
        and touchpoint_types.is_active
),

touchpoint_signals as (
    select
        touchpoint_id,
        touchpoint_type as signal
    from touchpoints
    union
    select
        touchpoint_id,
        signal
    from lead_touchpoints
),

touchpoint_facts as (
    select
        {{ surrogate_key(['touchpoint_signals.signal', 'touchpoints.touchpoint_id']) }} as fact_id,
        touchpoint_signals.signal,
        touchpoints.touchpoint_id,
        touchpoints.source_system,
        touchpoints.account_id,
        touchpoints.person_id,
        'touchpoint' as evidence_type,
        touchpoints.touchpoint_id as evidence_id,
        cast(touchpoints.value as decimal(18, 2)) as amount,
        touchpoints.occurred_at
    from touchpoint_signals
    inner join named_signals
        on touchpoint_signals.signal = named_signals.signal
    inner join touchpoints
        on touchpoint_signals.touchpoint_id = touchpoints.touchpoint_id
    where not touchpoints.is_bot
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
),

unioned as (
    select * from touchpoint_facts
    union all
    select * from other_facts
)

select * from unioned
