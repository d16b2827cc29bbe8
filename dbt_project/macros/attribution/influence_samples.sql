{# what a data-driven model goes by, and whether that is enough: one row per model and conversion type, also of types
   that nobody has reached. `models`: dim_attribution_models; `steps`: int_channel_steps_counted; `conversions`:
   fct_conversions. Conversions without a touchpoint on their path are no journey; `path_...` is those with one,
   `left_...` what no channel is credited: those without, or all where the model is refused. #}
{% macro influence_samples(models, steps, conversions) -%}
with

happened as (
    {{ happened_conversions(conversions) }}
),

walked as (
    {{ walked_journeys(steps) }}
),

counted as (
    select
        models.model_id,
        models.conversion_type,
        models.method,
        models.min_conversions,
        models.min_channels,
        cast(coalesce(walked.journeys, 0) as bigint) as journeys,
        cast(coalesce(happened.conversions, 0) as bigint) as conversions,
        cast(coalesce(walked.path_conversions, 0) as bigint) as path_conversions,
        cast(coalesce(walked.channel_count, 0) as bigint) as channel_count,
        happened.amount,
        walked.path_amount
    from {{ models }} as models
    left join walked
        on models.model_id = walked.model_id
        and models.conversion_type = walked.conversion_type
    left join happened
        on models.conversion_type = happened.conversion_type
),

judged as (
    select
        *,
        coalesce(path_conversions < min_conversions, false)
        or coalesce(channel_count < min_channels, false)
        or path_conversions = 0 as is_refused
    from counted
)

select
    *,
    journeys - path_conversions as null_journeys,
    case when is_refused then conversions else conversions - path_conversions end
        as left_conversions,
    case when is_refused then amount else amount - coalesce(path_amount, 0) end as left_amount,
    case
        when path_conversions < min_conversions
            then concat(path_conversions, ' of ', min_conversions, ' conversions')
        when channel_count < min_channels
            then concat(channel_count, ' of ', min_channels, ' channels')
        when path_conversions = 0 then 'no conversion'
    end as refusal_reason
from judged
{%- endmacro %}
