-- one row per journey of a type that opens whatever other journeys are open
with

openings as (
    select *
    from {{ touched(ref('int_journey_openings_matched')) }}
    where inside is null and outside is null
),

closings as (
    select * from {{ touched(ref('int_journey_closings_chosen')) }}
),

journeys as (
    {{ delimit_journeys(openings='openings', closings='closings') }}
)

select * from journeys
