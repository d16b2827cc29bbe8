{# the queries of one round of contraction, see label_components #}

{# each node with the neighbour it moves to, itself if none has a smaller hash #}
{% macro smallest_neighbours(edges, round) -%}
    select
        node,
        case
            when min({{ hash_number('neighbour', round) }}) < {{ hash_number('node', round) }}
                then {{ min_by('neighbour', hash_number('neighbour', round)) }}
            else node
        end as representative
    from (
        select left_node as node, right_node as neighbour from {{ edges }}
        union all
        select right_node as node, left_node as neighbour from {{ edges }}
    ) as neighbours
    group by node
{%- endmacro %}

{# edges between the places their ends moved to #}
{% macro moved_edges(edges, moves) -%}
    (
        select
            left_moves.representative as left_node,
            right_moves.representative as right_node
        from {{ edges }} as edges
        inner join {{ moves }} as left_moves
            on edges.left_node = left_moves.node
        inner join {{ moves }} as right_moves
            on edges.right_node = right_moves.node
    ) as moved
{%- endmacro %}

{# each edge once, smaller node first, none from a node to itself #}
{% macro edges_without_loops(edges) -%}
    select distinct
        least(left_node, right_node) as left_node,
        greatest(left_node, right_node) as right_node
    from {{ edges }}
    where left_node <> right_node
{%- endmacro %}

{% macro has_rows(relation) -%}
    {{ return(run_query('select count(*) from ' ~ relation).rows[0][0] > 0) }}
{%- endmacro %}

{% macro replace_table(name, query) -%}
    {%- do run_query('drop table if exists ' ~ name) -%}
    {%- do run_query('create table ' ~ name ~ ' as ' ~ query) -%}
{%- endmacro %}
