{# what models without a half-life or weights give to each position of a path, worked out once per sketch of a path.
   `sketches`: sketch_key, conversion_type, motion, window_kind, path_length, positions of the anchors; `models`:
   models_by_kind; `paths`: path_positions. Returns a query: sketch_key, model_id, steps_left (positions to the end of the
   path) and credit_billionths, both null where nobody earns any; and per class of equal credits its credit, its touchpoints on the path, and those
   of them before this one: what typical_cents shares out an amount by. #}
{% macro typical_credits(sketches, models, paths) -%}
{%- set path = ['sketch_key', 'model_id'] -%}
with

modelled as (
    select
        sketches.sketch_key,
        sketches.path_length,
        sketches.anchor_position,
        sketches.second_anchor_position,
        models.*
    from {{ sketches }} as sketches
    inner join {{ models }} as models
        on {{ same_columns('sketches', 'models', ['conversion_type', 'motion', 'window_kind']) }}
    where models.is_typical
),

positions as (
    select distinct position_in_path from {{ paths }}
),

placed as (
    select
        modelled.*,
        positions.position_in_path,
        cast(null as timestamp) as occurred_at,
        cast(null as timestamp) as last_touch_at,
        1 as channel_count,
        1 as channel_touches,
        1 as weight,
        false as is_conversion,
        0 as conversion_touches
    from modelled
    inner join positions
        on modelled.path_length >= positions.position_in_path
),

shared as (
    {{ credit_shares('placed', path) }}
),

billionths as (
    {{ billionths_of('shared', path) }}
),

credits as (
    {{ credit_classes('billionths', path) }}
)

select
    modelled.sketch_key,
    modelled.model_id,
    modelled.path_length - credits.position_in_path as steps_left,
    credits.credit_billionths
    {%- for class in range(1, most_classes() + 1) %},
    credits.class_{{ class }}_billionths,
    credits.class_{{ class }}_touches,
    credits.class_{{ class }}_before
    {%- endfor %}
from modelled
left join credits
    on {{ same_columns('modelled', 'credits', path) }}
{%- endmacro %}
