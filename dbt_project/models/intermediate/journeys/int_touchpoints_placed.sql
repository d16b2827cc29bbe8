-- one row per touchpoint of an account, bots apart: the journey it belongs to
with

touchpoints as (
    select *
    from {{ touched(ref('int_touchpoints_resolved')) }}
    where account_id is not null and not is_bot
),

journeys as (
    select * from {{ touched(ref('int_journeys_bounded')) }}
),

claims as (
    select distinct
        journey_type,
        purpose
    from {{ ref('journey_rules') }}
    where event = 'takes' and is_active
),

ranked as (
    select
        touchpoints.touchpoint_id,
        journeys.journey_id,
        row_number() over (
            partition by touchpoints.touchpoint_id
            order by
                case when claims.purpose is not null then 0 else 1 end,
                {{ journey_order('journeys', 'touchpoints.occurred_at') }}
        ) as preference
    from touchpoints
    inner join journeys
        on touchpoints.account_id = journeys.account_id
        and {{ journey_contains('journeys', 'touchpoints.occurred_at') }}
    left join claims
        on journeys.journey_type = claims.journey_type
        and touchpoints.purpose = claims.purpose
),

placed as (
    select
        touchpoints.touchpoint_id,
        touchpoints.account_id,
        touchpoints.person_id,
        touchpoints.occurred_at,
        touchpoints.channel,
        touchpoints.counts_in_journey,
        ranked.journey_id
    from touchpoints
    left join ranked
        on touchpoints.touchpoint_id = ranked.touchpoint_id
        and ranked.preference = 1
)

select * from placed
