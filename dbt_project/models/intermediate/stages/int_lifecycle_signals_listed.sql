-- one row per person and signal that is theirs: their own, or one of a deal they take part in
with

signals as (
    select * from {{ ref('int_stage_signals_unioned') }}
),

people as (
    select * from {{ ref('int_opportunity_people_listed') }}
),

watched as (
    select distinct signal
    from {{ ref('lifecycle_rules') }}
    where is_active
),

listed as (
    select
        signals.person_id,
        signals.account_id,
        signals.motion,
        signals.source_system,
        signals.signal,
        signals.occurred_at,
        signals.evidence_type,
        signals.evidence_id
    from signals
    inner join watched
        on signals.signal = watched.signal
    where signals.person_id is not null
    union all
    select
        people.person_id,
        signals.account_id,
        signals.motion,
        signals.source_system,
        signals.signal,
        signals.occurred_at,
        signals.evidence_type,
        signals.evidence_id
    from signals
    inner join watched
        on signals.signal = watched.signal
    inner join people
        on signals.source_system = people.source_system
        and signals.evidence_id = people.opportunity_id
    where signals.evidence_type = 'opportunity'
)

select * from listed
