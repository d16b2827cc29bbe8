-- touchpoints outside the bounds of the journey they are placed in
-- do: compare the touchpoint's account and time with its journey; the placing and the delimiting
-- read different rows
with

touchpoints as (
    select * from {{ ref('int_touchpoints_placed') }}
),

journeys as (
    select * from {{ ref('int_journeys_delimited') }}
)

select
    touchpoints.touchpoint_id,
    journeys.journey_id
from touchpoints
inner join journeys
    on touchpoints.journey_id = journeys.journey_id
where touchpoints.account_id <> journeys.account_id
    or touchpoints.occurred_at < journeys.opened_at
    or touchpoints.occurred_at > journeys.closes_at
