{# body of a model: one row per node of the graphs that must be parted, with the smallest node it still
   hangs together with. Each parting has anchors that must end up apart. Every node goes with the anchor to
   which the fewest edges lead; one that is equally near to several, or further than max_rounds from all, goes
   with none. Edges between sides are cut, whichever parting says so; so neither the order of the rows nor
   that of the partings matters, and no path is left between two anchors of a parting.
   `edges`: group_node, left_node, right_node; `anchors`: parting_id, group_node, node. Leaves a scratch
   table: see drop_component_scratch. #}
{% macro part_components(edges, anchors, max_rounds=100) -%}
    {%- if is_idle() or not has_rows(anchors) -%}
        {{ return('select left_node as node, left_node as component from ' ~ edges ~ ' where 1 = 0') }}
    {%- endif -%}
    {%- set scratch = component_scratch(this) -%}
    {%- set levels = spread_sides(edges, anchors, scratch, max_rounds) -%}
    {%- do replace_table(scratch ~ 'kept', uncut_edges(edges, anchors, sides_of(scratch, levels))) -%}
    {%- set labels = label_components(scratch ~ 'kept') -%}
    {%- do run_query('drop table ' ~ scratch ~ 'kept') -%}
    {%- for level in range(1, levels + 1) %}{% do run_query('drop table ' ~ scratch ~ 'level_' ~ level) %}{% endfor -%}
with

nodes as (
    select left_node as node from {{ edges }}
    union
    select right_node as node from {{ edges }}
),

labels as (
    {{ labels }}
)

select
    nodes.node,
    coalesce(labels.component, nodes.node) as component
from nodes
left join labels
    on nodes.node = labels.node
{%- endmacro %}

{# each round reaches the neighbours of the last one that were not reached before: of two rounds before or
   one they must be, as an edge spans one round at most. Returns how many rounds reached somebody #}
{% macro spread_sides(edges, anchors, scratch, max_rounds) -%}
    {%- set state = namespace(levels=1, is_done=false) -%}
    {%- set at_anchors -%}
        select parting_id, node, node as first_side, node as last_side from {{ anchors }}
    {%- endset -%}
    {%- do replace_table(scratch ~ 'level_1', at_anchors) -%}
    {%- for round in range(2, max_rounds + 1) if not state.is_done -%}
        {%- set level = scratch ~ 'level_' ~ round -%}
        {%- do replace_table(level, next_level(edges, scratch, round)) -%}
        {%- set state.levels = round -%}
        {%- set state.is_done = not has_rows(level) -%}
    {%- endfor -%}
    {{ return(state.levels) }}
{%- endmacro %}
