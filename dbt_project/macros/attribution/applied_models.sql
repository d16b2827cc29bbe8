{# the active models, each with the active lookbacks of the conversion types it credits: all that have one where
   it names none. Returns a query: columns of attribution_models; conversion_type, lookback_days,
   is_within_journey; lookback_rule_id, lookback_model_id, lookback_motion of the lookback's row; and weighted_as,
   the model's name where rows of attribution_weights are its own. #}
{% macro applied_models() -%}
    select
        models.*,
        lookbacks.conversion_type,
        lookbacks.lookback_days,
        lookbacks.is_within_journey,
        lookbacks.rule_id as lookback_rule_id,
        lookbacks.model_id as lookback_model_id,
        lookbacks.motion as lookback_motion,
        weighted.model_id as weighted_as
    from {{ ref('attribution_models') }} as models
    inner join {{ ref('attribution_lookbacks') }} as lookbacks
        on coalesce(lookbacks.model_id, models.model_id) = models.model_id
        and coalesce({{ list_has('models.conversion_types', 'lookbacks.conversion_type') }}, true)
    left join (
        select distinct model_id
        from {{ ref('attribution_weights') }}
        where is_active
    ) as weighted
        on models.model_id = weighted.model_id
    where models.is_active and lookbacks.is_active
{%- endmacro %}
