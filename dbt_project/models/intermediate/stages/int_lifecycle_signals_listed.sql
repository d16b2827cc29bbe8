-- one row per person and signal that is theirs: their own, or one of a deal they take part in
with

signals as (
    select * from {{ touched(ref('int_stage_signals_unioned')) }}
),

people as (
    select * from {{ ref('int_opportunity_people_listed') }}
),

named_signals as (
    select distinct signal
    from {{ ref('lifecycle_rules') }}
    where is_active
),

watched as (
    select signals.*
    from signals
    inner join named_signals
        on signals.signal = named_signals.signal
),

listed as (
    select
        person_id,
        account_id,
        motion,
        source_system,
        signal,
        occurred_at,
        evidence_type,
        evidence_id
    from watched
    where person_id is not null
    union all
    select
        people.person_id,
        watched.account_id,
        watched.motion,
        watched.source_system,
        watched.signal,
        watched.occurred_at,
        watched.evidence_type,
        watched.evidence_id
    from watched
    inner join people
        on watched.source_system = people.source_system
        and watched.evidence_id = people.opportunity_id
    where watched.evidence_type = 'opportunity'
)

select * from listed
