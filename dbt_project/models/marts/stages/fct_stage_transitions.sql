-- one row per entry of an account into a stage
with

intervals as (
    select * from {{ ref('int_stage_intervals_known') }}
),

journeys as (
    select
        *,
        closed_at as closes_at
    from {{ ref('int_journeys_known') }}
),

ranked as (
    select
        intervals.transition_id,
        journeys.journey_id,
        row_number() over (
            partition by intervals.transition_id
            order by {{ journey_order('journeys', 'intervals.entered_at') }}
        ) as preference
    from intervals
    inner join journeys
        on intervals.account_id = journeys.account_id
        and {{ journey_contains('journeys', 'intervals.entered_at') }}
),

transitions as (
    select
        -- keys
        intervals.transition_id,
        intervals.account_id,
        ranked.journey_id,
        -- text
        intervals.from_stage,
        intervals.stage,
        -- numbers
        intervals.stage_rank,
        {{ days_between('intervals.entered_at', 'intervals.exited_at') }} as days_in_stage,
        -- booleans
        intervals.is_reentry,
        intervals.is_skip,
        intervals.is_regression,
        -- timestamps
        intervals.entered_at,
        intervals.exited_at,
        -- evidence
        intervals.rule_id,
        intervals.rule_version,
        intervals.evidence_type,
        intervals.evidence_id
    from intervals
    left join ranked
        on intervals.transition_id = ranked.transition_id
        and ranked.preference = 1
)

select * from transitions
