-- one row per entry of an account into a stage that a conversion rule may judge
with

intervals as (
    select * from {{ ref('int_stage_intervals_built') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
),

named_signals as (
    select distinct signal
    from {{ ref('conversion_rules') }}
    where is_active
),

-- some entries lie ahead: by a silence, or by a delay. One counts when something later is known
horizon as (
    select max(occurred_at) as known_until
    from touchpoints
),

entries as (
    select
        transition_id,
        account_id,
        stage,
        entered_at,
        'stage_entered' as signal
    from intervals
),

facts as (
    select
        {{ surrogate_key(['entries.signal', 'entries.transition_id']) }} as fact_id,
        entries.signal,
        cast(null as varchar(32)) as touchpoint_id,
        cast(null as varchar(255)) as source_system,
        entries.account_id,
        cast(null as varchar(32)) as person_id,
        'stage' as evidence_type,
        entries.transition_id as evidence_id,
        entries.stage,
        cast(null as decimal(18, 2)) as amount,
        entries.entered_at as occurred_at
    from entries
    inner join named_signals
        on entries.signal = named_signals.signal
    inner join horizon
        on entries.entered_at <= horizon.known_until
)

select * from facts
