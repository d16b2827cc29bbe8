{# how a table is brought up to date in an increment:
   `skip`   nothing it reads has changed
   `slice`  only rows of touched keys are built again: all that changed announces keys of its own kind, or keys that
            a table it names (`translate`) leads to its own kind; and those of keys of its kind that somebody asked for
   `whole`  anything else: it is built again, and compared with what was, so that what reads it may be spared #}
{% macro way_of(node) -%}
    {%- if not is_increment() -%}{{ return('whole') }}{%- endif -%}
    {%- if node.unique_id in graph.ways -%}{{ return(graph.ways[node.unique_id]) }}{%- endif -%}
    {%- set way = decided_way(node) -%}
    {%- if way == 'slice' and node.config.meta.kept_by != 'record' -%}
        {%- do write_touched_keys(node) -%}
        {%- if touches_too_much(node) -%}
            {%- set way = 'whole' -%}
            {%- do run_query('drop table ' ~ scratch_of(table_of(node), 'keys')) -%}
        {%- endif -%}
    {%- endif -%}
    {%- do graph.ways.update({node.unique_id: way}) -%}
    {{ return(way) }}
{%- endmacro %}

{% macro decided_way(node) -%}
    {%- if not adapter.get_relation(node.database, node.schema, node.alias) or 'today' in node.fqn -%}
        {{ return('whole') }}
    {%- endif -%}
    {%- set changes = changed_inputs(node) -%}
    {%- set kind = node.config.get('meta', {}).get('kept_by') -%}
    {%- set state = namespace(way='slice' if kind in graph.asked_kinds else 'skip') -%}
    {%- if changes and not kind -%}{{ return('whole') }}{%- endif -%}
    {%- for input, extent in changes.items() if extent != 'grown' and state.way != 'whole' -%}
        {%- set state.way = 'slice' if extent == 'keyed' and leads_to(node, input, kind) else 'whole' -%}
    {%- endfor -%}
    {{ return(state.way) }}
{%- endmacro %}

{# true when so many keys are touched that a table is sooner built anew than mended #}
{% macro touches_too_much(node) -%}
    {%- set kind = node.config.meta.kept_by -%}
    {%- set query -%}
        select
            (select count(*) from {{ scratch_of(table_of(node), 'keys') }})
            > {{ var('whole_beyond_touched_share') }}
            * (select approx_count_distinct({{ keys_of(node)[kind][0] }}) from {{ table_of(node) }})
    {%- endset -%}
    {{ return(run_query(query).rows[0][0]) }}
{%- endmacro %}
