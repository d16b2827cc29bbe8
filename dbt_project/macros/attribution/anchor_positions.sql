{# where on the path the anchors of a conversion's models are: at the touchpoint nearest before the anchor's moment.
   `models`: int_conversion_models_chosen; `paths`: path_positions; `same_path`: condition that joins the two.
   Returns a query: conversion_id, model_id, anchor_position, second_anchor_position. #}
{% macro anchor_positions(models, paths, same_path) -%}
select
    models.conversion_id,
    models.model_id,
    max(
        case when paths.occurred_at <= models.anchored_at then paths.position_in_path end
    ) as anchor_position,
    max(
        case when paths.occurred_at <= models.second_anchored_at then paths.position_in_path end
    ) as second_anchor_position
from {{ models }} as models
inner join {{ paths }} as paths
    on {{ same_path }}
where models.anchored_at is not null or models.second_anchored_at is not null
group by models.conversion_id, models.model_id
{%- endmacro %}
