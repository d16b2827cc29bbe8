{# the touchpoints that may earn credit under any model: acts, and exposures of a type that a row of attribution_weights
   lets into the path of an active model. `touchpoints`: int_touchpoints_resolved. Returns a query: its columns, and
   is_exposure. #}
{% macro creditable_touchpoints(touchpoints) -%}
with

admitted_types as (
    select distinct weights.touchpoint_type
    from {{ ref('attribution_weights') }} as weights
    inner join {{ ref('attribution_models') }} as models
        on weights.model_id = models.model_id
    where weights.is_active and models.is_active and weights.weight > 0
)

select
    *,
    false as is_exposure
from {{ touchpoints }} as touchpoints
where {{ may_earn_credit('touchpoints') }}
union all
select
    touchpoints.*,
    true as is_exposure
from {{ touchpoints }} as touchpoints
inner join admitted_types
    on touchpoints.touchpoint_type = admitted_types.touchpoint_type
where touchpoints.kind = 'exposure' and not touchpoints.is_bot
{%- endmacro %}
