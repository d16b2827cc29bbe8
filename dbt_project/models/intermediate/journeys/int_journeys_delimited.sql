-- one row per journey: when it opens and closes, how it ends, and its last touch so far
with

journeys as (
    select * from {{ touched(ref('int_journeys_bounded')) }}
),

touchpoints as (
    select *
    from {{ touched(ref('int_touchpoints_sequenced')) }}
    where journey_position is not null
),

last_touches as (
    select
        journey_id,
        max(occurred_at) as last_touch_at
    from touchpoints
    group by journey_id
),

delimited as (
    select
        -- keys
        journeys.journey_id,
        journeys.account_id,
        -- text
        journeys.journey_type,
        journeys.outcome as outcome_when_closed,
        -- numbers
        journeys.priority,
        journeys.amount,
        -- timestamps
        journeys.opened_at,
        journeys.closes_at,
        last_touches.last_touch_at,
        -- evidence
        journeys.opening_rule_id,
        journeys.closing_rule_id
    from journeys
    left join last_touches
        on journeys.journey_id = last_touches.journey_id
)

select * from delimited
