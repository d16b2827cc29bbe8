{# what models without a half-life need to know of a path: how long it is and where its anchors are. Most paths are alike
   in that; what such a model gives to a position is worked out once for all of them.
   `looking`: int_conversion_windows_opened with look_key and the amount; `paths`: path_positions.
   Returns a query: columns of looking, amount_cents, path_length, last_touch_at, anchor_position,
   second_anchor_position (0 for none). #}
{% macro path_sketches(looking, paths) -%}
with

lengths as (
    select
        look_key,
        count(*) as path_length,
        max(occurred_at) as last_touch_at
    from {{ paths }}
    group by look_key
),

anchors as (
    {{ anchor_positions(looking, paths) }}
)

select
    looking.*,
    -- 20 digits: a product of two decimals of at most 18 stays at 18 on DuckDB, and overflows
    cast(cast(looking.amount as decimal(20, 2)) * cast(100 as decimal(3, 0)) as bigint)
        as amount_cents,
    coalesce(lengths.path_length, 0) as path_length,
    lengths.last_touch_at,
    coalesce(anchors.position_in_path, 0) as anchor_position,
    coalesce(second_anchors.position_in_path, 0) as second_anchor_position
from {{ looking }} as looking
left join lengths
    on looking.look_key = lengths.look_key
left join anchors
    on looking.look_key = anchors.look_key
    and looking.anchored_at = anchors.moment
left join anchors as second_anchors
    on looking.look_key = second_anchors.look_key
    and looking.second_anchored_at = second_anchors.moment
{%- endmacro %}
