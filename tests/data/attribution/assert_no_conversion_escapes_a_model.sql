-- conversions that a model of their type gives neither to a touchpoint nor to nobody
-- do: look whether the type has its row in attribution_lookbacks.csv, then at
-- int_conversion_models_chosen
with

conversions as (
    select * from {{ ref('fct_conversions') }}
),

credits as (
    select * from {{ ref('fct_attribution') }}
),

models as (
    select distinct
        models.model_id,
        lookbacks.conversion_type
    from {{ ref('attribution_models') }} as models
    inner join {{ ref('attribution_lookbacks') }} as lookbacks
        on coalesce(lookbacks.model_id, models.model_id) = models.model_id
        and {{ model_applies('models', 'lookbacks.conversion_type') }}
    where
        models.is_active
        and models.motion is null
        and models.method <> 'removal_effect'
        and lookbacks.is_active
        and lookbacks.motion is null
)

select
    conversions.conversion_id,
    models.model_id
from conversions
inner join models
    on conversions.conversion_type = models.conversion_type
left join credits
    on conversions.conversion_id = credits.conversion_id
    and models.model_id = credits.model_id
where credits.conversion_id is null
