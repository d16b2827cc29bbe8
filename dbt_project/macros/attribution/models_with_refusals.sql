{# models that credit touchpoints, and why rpt_channel_influence refuses those that go by data.
   Returns a query: model_id, conversion_type, refusal_reason (null where it is not refused) #}
{% macro models_with_refusals() -%}
    select
        models.model_id,
        models.conversion_type,
        refused.refusal_reason
    from {{ ref('dim_attribution_models') }} as models
    left join {{ ref('rpt_channel_influence') }} as refused
        on models.model_id = refused.model_id
        and models.conversion_type = refused.conversion_type
        and refused.is_refused
    where models.method <> 'removal_effect'
{%- endmacro %}
