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
        journeys.*,
        last_touches.last_touch_at
    from journeys
    left join last_touches
        on journeys.journey_id = last_touches.journey_id
)

select * from delimited
