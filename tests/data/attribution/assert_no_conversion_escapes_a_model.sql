-- conversions that a model of their type gives neither to a touchpoint nor to nobody
-- do: look whether the model's conversion_type and lookback are filled in attribution_models.csv,
-- then at int_conversion_models_chosen
with

conversions as (
    select * from {{ ref('fct_conversions') }}
),

credits as (
    select * from {{ ref('fct_attribution') }}
),

models as (
    select distinct
        model_id,
        conversion_type
    from {{ ref('attribution_models') }}
    where is_active and motion is null
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
