{# the queries of one parting, see part_components #}

{# what the last round's nodes reach that no round reached before #}
{% macro next_level(edges, scratch, round) -%}
    {%- set last = scratch ~ 'level_' ~ (round - 1) -%}
    {%- set before = scratch ~ 'level_' ~ ([round - 2, 1] | max) -%}
    select
        last.parting_id,
        neighbours.neighbour as node,
        min(last.first_side) as first_side,
        max(last.last_side) as last_side
    from {{ last }} as last
    inner join (
        select left_node as node, right_node as neighbour from {{ edges }}
        union all
        select right_node as node, left_node as neighbour from {{ edges }}
    ) as neighbours
        on last.node = neighbours.node
    left join {{ last }} as same
        on last.parting_id = same.parting_id and neighbours.neighbour = same.node
    left join {{ before }} as earlier
        on last.parting_id = earlier.parting_id and neighbours.neighbour = earlier.node
    where same.node is null and earlier.node is null
    group by last.parting_id, neighbours.neighbour
{%- endmacro %}

{# the side of each node that was reached by one side alone #}
{% macro sides_of(scratch, levels) -%}
    {%- for level in range(1, levels + 1) %}
    select parting_id, node, first_side as side from {{ scratch }}level_{{ level }}
    where first_side = last_side
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}

{# edges whose ends lie on one side of every parting of their graph, or on none #}
{% macro uncut_edges(edges, anchors, sides) -%}
    with sides as ({{ sides }}),
    partings as (select distinct parting_id, group_node from {{ anchors }}),
    cut as (
        select distinct edges.left_node, edges.right_node
        from {{ edges }} as edges
        inner join partings on edges.group_node = partings.group_node
        left join sides as left_sides
            on partings.parting_id = left_sides.parting_id and edges.left_node = left_sides.node
        left join sides as right_sides
            on partings.parting_id = right_sides.parting_id and edges.right_node = right_sides.node
        where coalesce(left_sides.side, 0) <> coalesce(right_sides.side, 0)
    )
    select edges.left_node, edges.right_node
    from {{ edges }} as edges
    left join cut
        on edges.left_node = cut.left_node and edges.right_node = cut.right_node
    where cut.left_node is null
{%- endmacro %}
