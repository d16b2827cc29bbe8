{# paths as each model sees them whose credits have to be worked out path by path: it has a half-life, weights of its own,
   or divides by channel. `sketched`: path_sketches; `models`: models_by_kind with is_typical.
   Returns a query: conversion_id, look_key and what path_sketches tells, the model's row, path_key. #}
{% macro modelled_paths(sketched, models) -%}
select
    sketched.conversion_id,
    sketched.look_key,
    sketched.amount_cents,
    sketched.path_length,
    sketched.last_touch_at,
    sketched.anchor_position,
    sketched.second_anchor_position,
    models.*,
    {{ statement_key(['sketched.look_key', 'models.model_id']) }} as path_key
from {{ sketched }} as sketched
inner join {{ models }} as models
    on {{ same_columns('sketched', 'models', ['conversion_type', 'motion', 'window_kind']) }}
where not models.is_typical
{%- endmacro %}
