{# what there is to go by for influence_samples: journeys walked by model and type, conversions that happened #}
{% macro walked_journeys(steps) -%}
select
    model_id,
    conversion_type,
    sum(case when from_channel is null then step_count else 0 end) as journeys,
    sum(case when to_channel is null and is_converted then step_count else 0 end)
        as path_conversions,
    sum(case when to_channel is null and is_converted then amount end) as path_amount,
    count(distinct case when is_converted then to_channel end) as channel_count
from {{ steps }}
group by model_id, conversion_type
{%- endmacro %}

{% macro happened_conversions(conversions) -%}
select
    conversion_type,
    count(*) as conversions,
    sum(amount) as amount
from {{ conversions }}
group by conversion_type
{%- endmacro %}
