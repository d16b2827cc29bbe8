{# where on the path the anchors of windows are: at the touchpoint nearest before the anchor's moment.
   `windows`: look_key, anchored_at, second_anchored_at; `paths`: path_positions.
   Returns a query: look_key, moment, position_in_path. #}
{% macro anchor_positions(windows, paths) -%}
with

moments as (
    select
        look_key,
        anchored_at as moment
    from {{ windows }}
    where anchored_at is not null
    union
    select
        look_key,
        second_anchored_at as moment
    from {{ windows }}
    where second_anchored_at is not null
)

select
    moments.look_key,
    moments.moment,
    max(paths.position_in_path) as position_in_path
from moments
inner join {{ paths }} as paths
    on moments.look_key = paths.look_key
    and moments.moment >= paths.occurred_at
group by moments.look_key, moments.moment
{%- endmacro %}
