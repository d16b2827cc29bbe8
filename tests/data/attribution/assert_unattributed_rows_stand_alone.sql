-- rows without a touchpoint beside rows with one, or with less than the whole credit
-- do: look at the conversion in int_conversion_paths_built: its path is empty and filled at once
with

credits as (
    select * from {{ ref('fct_attribution') }}
)

select
    conversion_id,
    model_id
from credits
group by conversion_id, model_id
having
    count(*) > count(touchpoint_id)
    and (count(*) > 1 or max(credit) <> 1)
