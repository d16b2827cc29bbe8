-- attribution models whose weights do not sum to 1, or weigh an anchor that they do not name
-- do: correct the weights of the rule_id in attribution_models.csv so that they sum to 1, and name
-- each anchor that is weighed
with

attribution_models as (
    select * from {{ ref('attribution_models') }}
)

select rule_id
from attribution_models
where
    (
        method <> 'removal_effect'
        and first_weight + last_weight + anchor_weight + second_anchor_weight
        + coalesce(conversions_weight, 0) + others_weight <> 1
    )
    or (anchor_weight > 0 and anchor_type is null)
    or (second_anchor_weight > 0 and second_anchor_type is null)
    or least(first_weight, last_weight, anchor_weight, second_anchor_weight, others_weight) < 0
    or conversions_weight < 0
    or half_life_days <= 0
