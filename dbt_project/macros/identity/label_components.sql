{# body of a model: one row per node of an undirected graph with the smallest node of its component.
   Randomised contraction (Bögeholz, Brand, Todor: In-database connected component analysis, 2020):
   each round every node moves to the neighbour with the smallest hash, if that is smaller than its
   own; edges are rewritten and the survivors go on, until no edge is left. A path of a million nodes
   needs about 20 rounds. The labels are a function of the graph alone, whatever the engine's hash.
   `edges`: relation with bigint columns left_node, right_node, in any order, loops allowed. A node
   without an edge to another one has no row. Leaves a scratch table: see drop_component_scratch. #}
{% macro label_components(edges, max_rounds=40) -%}
    {%- if is_idle() -%}
        {{ return('select left_node as node, right_node as component from ' ~ edges) }}
    {%- endif -%}
    {%- set scratch = component_scratch(this) -%}
    {%- set rounds = contract_graph(edges, scratch, max_rounds) -%}
    {%- do compose_moves(scratch, rounds) -%}
select
    node,
    min(node) over (partition by representative) as component
from {{ scratch }}labels_1
{%- endmacro %}

{# post-hook of a model that labels components: its scratch is only needed until it is built #}
{% macro drop_component_scratch(relation) -%}
    drop table if exists {{ component_scratch(relation) }}labels_1
{%- endmacro %}

{% macro component_scratch(relation) -%}
    {{ return(relation.schema ~ '.' ~ relation.identifier ~ '__') }}
{%- endmacro %}

{# contracts until no edge is left: a table of moves for each round; returns how many rounds #}
{% macro contract_graph(edges, scratch, max_rounds) -%}
    {%- set state = namespace(rounds=0, is_done=false) -%}
    {%- do replace_table(scratch ~ 'edges_1', edges_without_loops(edges)) -%}
    {%- for round in range(1, max_rounds + 1) if not state.is_done -%}
        {%- set edges_left = scratch ~ 'edges_' ~ round -%}
        {%- if has_rows(edges_left) -%}
            {%- set moves = scratch ~ 'moves_' ~ round -%}
            {%- do replace_table(moves, smallest_neighbours(edges_left, round)) -%}
            {%- set moved = edges_without_loops(moved_edges(edges_left, moves)) -%}
            {%- do replace_table(scratch ~ 'edges_' ~ (round + 1), moved) -%}
            {%- do run_query('drop table ' ~ edges_left) -%}
            {%- set state.rounds = round -%}
        {%- else -%}
            {%- set state.is_done = true -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set left_over = scratch ~ 'edges_' ~ (state.rounds + 1) -%}
    {%- if has_rows(left_over) -%}
        {{ exceptions.raise_compiler_error(
            edges ~ ' still has edges after ' ~ max_rounds ~ ' rounds of contraction, which no '
            ~ 'graph should need. Nothing was changed; please report it with its number of rows.'
        ) }}
    {%- endif -%}
    {%- do run_query('drop table ' ~ left_over) -%}
    {{ return(state.rounds) }}
{%- endmacro %}

{# walks the rounds backwards, so that labels_1 leads every node to where its component ended #}
{% macro compose_moves(scratch, rounds) -%}
    {%- set nowhere -%}
        select cast(0 as bigint) as node, cast(0 as bigint) as representative where 1 = 0
    {%- endset -%}
    {%- set last_moves = 'select * from ' ~ scratch ~ 'moves_' ~ rounds if rounds else nowhere -%}
    {%- do replace_table(scratch ~ 'labels_' ~ [rounds, 1] | max, last_moves) -%}
    {%- for round in range(rounds - 1, 0, -1) -%}
        {%- set composed -%}
            select
                moves.node,
                coalesce(later.representative, moves.representative) as representative
            from {{ scratch }}moves_{{ round }} as moves
            left join {{ scratch }}labels_{{ round + 1 }} as later
                on moves.representative = later.node
        {%- endset -%}
        {%- do replace_table(scratch ~ 'labels_' ~ round, composed) -%}
        {%- do run_query('drop table ' ~ scratch ~ 'labels_' ~ (round + 1)) -%}
    {%- endfor -%}
    {%- for round in range(1, rounds + 1) -%}
        {%- do run_query('drop table ' ~ scratch ~ 'moves_' ~ round) -%}
    {%- endfor -%}
{%- endmacro %}
