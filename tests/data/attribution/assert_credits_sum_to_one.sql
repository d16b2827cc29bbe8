-- conversions whose credits under a model do not sum to exactly 1
-- do: look at int_credits_weighted for the conversion: a share is lost, doubled or rounded
with

credits as (
    select * from {{ ref('fct_attribution') }}
)

select
    conversion_id,
    model_id,
    sum(credit) as credit
from credits
group by conversion_id, model_id
having sum(credit) <> 1
