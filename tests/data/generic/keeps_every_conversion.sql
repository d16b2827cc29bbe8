{# models and types that a table does not credit every conversion and its amount. Models and lookbacks of one motion
   credit a part on purpose. `model`: a table with model_id, conversion_type, credited_conversions, credited_amount #}
{% test keeps_every_conversion(model) %}
with

credited as (
    select
        model_id,
        conversion_type,
        sum(credited_conversions) as credited_conversions,
        coalesce(sum(credited_amount), 0) as credited_amount
    from {{ model }}
    group by model_id, conversion_type
),

happened as (
    select
        conversion_type,
        count(*) as conversions,
        coalesce(sum(amount), 0) as amount
    from {{ ref('fct_conversions') }}
    group by conversion_type
)

select
    credited.model_id,
    credited.conversion_type
from credited
left join happened
    on credited.conversion_type = happened.conversion_type
inner join {{ ref('attribution_models') }} as models
    on credited.model_id = models.model_id
    and models.is_active
    and models.motion is null
inner join {{ ref('attribution_lookbacks') }} as lookbacks
    on credited.conversion_type = lookbacks.conversion_type
    and lookbacks.is_active
    and lookbacks.motion is null
    and lookbacks.model_id is null
where
    credited.credited_conversions <> coalesce(happened.conversions, 0)
    or credited.credited_amount <> coalesce(happened.amount, 0)
{% endtest %}
