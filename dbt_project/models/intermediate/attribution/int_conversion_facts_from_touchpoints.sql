-- one row per touchpoint and signal of it that a conversion rule may judge
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

touchpoint_types as (
    select * from {{ ref('touchpoint_types') }}
),

named_signals as (
    select distinct signal
    from {{ ref('conversion_rules') }}
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
)

select * from touchpoint_facts
