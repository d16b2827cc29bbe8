-- segments whose step of the journey the map does not have in their stage
-- do: name a touchpoint_type that journey_map.csv has for the stage of the segment, add the row of
-- the map, or leave journey_step empty
select
    definitions.segment_id,
    definitions.stage,
    definitions.journey_step
from {{ ref('segment_definitions') }} as definitions
left join {{ ref('journey_map') }} as steps
    on definitions.stage = steps.stage
    and definitions.journey_step = steps.touchpoint_type
    and steps.is_active
where definitions.is_active
    and definitions.journey_step is not null
    and steps.stage is null
