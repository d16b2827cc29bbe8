-- touchpoints without exactly one record that gives them id and time
-- do: look at the touchpoint in int_touchpoint_records_collapsed: two collapse rules chose
-- different leading records
with

touchpoints as (
    select touchpoint_id from {{ ref('int_touchpoints_resolved') }}
),

primaries as (
    select
        touchpoint_id,
        count(*) as primary_count
    from {{ ref('int_touchpoint_records_collapsed') }}
    where is_primary
    group by touchpoint_id
)

select
    touchpoints.touchpoint_id as expected_id,
    primaries.touchpoint_id as found_id,
    primaries.primary_count
from touchpoints
full outer join primaries
    on touchpoints.touchpoint_id = primaries.touchpoint_id
where coalesce(primaries.primary_count, 0) <> 1 or touchpoints.touchpoint_id is null
