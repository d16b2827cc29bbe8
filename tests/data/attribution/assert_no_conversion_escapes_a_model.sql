-- conversions that a model of their type gives neither to a touchpoint nor to nobody
-- do: look whether the type has its row in attribution_lookbacks.csv, then at
-- int_conversion_windows_opened
with

conversions as (
    select * from {{ ref('fct_conversions') }}
),

credits as (
    select * from {{ ref('fct_attribution') }}
),

applied as (
    {{ applied_models() }}
),

models as (
    select distinct
        model_id,
        conversion_type
    from applied
    where motion is null and lookback_motion is null and method <> 'removal_effect'
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
