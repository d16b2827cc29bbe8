-- rows of attribution_weights that change nothing or cannot be read: no such model, a model of channels
-- as a whole, nothing named, no weight or one below 0
-- do: correct the row in rules/attribution_weights.csv, or switch it off
with

weights as (
    select * from {{ ref('attribution_weights') }}
    where is_active
),

models as (
    select distinct model_id
    from {{ ref('attribution_models') }}
    where method <> 'removal_effect'
)

select weights.rule_id
from weights
left join models
    on weights.model_id = models.model_id
where
    models.model_id is null
    or coalesce(weights.touchpoint_type, weights.channel, weights.campaign_id) is null
    or weights.weight is null
    or weights.weight < 0
