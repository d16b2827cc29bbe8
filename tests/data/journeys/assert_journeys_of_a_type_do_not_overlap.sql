-- journeys that open before the one of their account and type before them has closed
-- do: look at the account's openings and closings in int_journeys_delimited, then at the rows of
-- journey_rules.csv that made them
with

journeys as (
    select * from {{ ref('int_journeys_delimited') }}
),

followed as (
    select
        journey_id,
        closes_at,
        lead(opened_at) over (
            partition by account_id, journey_type
            order by opened_at, journey_id
        ) as next_opened_at
    from journeys
)

select *
from followed
where next_opened_at is not null and (closes_at is null or closes_at > next_opened_at)
