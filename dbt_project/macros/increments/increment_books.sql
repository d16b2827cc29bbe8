{# the books of an increment: which relations changed in this run and how far (`graph.changed`, kept in raw_ops so that
   a run that was cut off is repeated by the next one), by which keys their changed rows can be found, which batches the
   unified models have to read, which kinds of keys somebody asked for (`graph.asked_kinds`, without a change), how each
   table is brought up to date (`graph.ways`, see way_of). Those in raw_ops are emptied when a build is finished. #}
{% macro open_increment_books() -%}
    {%- if execute and target.type == 'duckdb' -%}
        {%- set tables -%}
            create schema if not exists raw_ops;
            create table if not exists raw_ops.changed_relations (relation varchar, extent varchar);
            create table if not exists raw_ops.touched_keys (relation varchar, kind varchar, key varchar);
            create table if not exists raw_ops.asked_keys (kind varchar, key varchar);
            create table if not exists raw_ops.fresh_batches (relation varchar, batch_id varchar);
            create table if not exists raw_ops.waiting_batches (relation varchar, batch_id varchar);
        {%- endset -%}
        {%- do run_query(tables) -%}
        {%- do graph.update({'changed': {}, 'ways': {}}) -%}
        {%- set asked = run_query('select distinct kind from raw_ops.asked_keys').columns[0].values() -%}
        {%- do graph.update({'asked_kinds': asked | list}) -%}
        {%- for relation, extent in run_query('select relation, extent from raw_ops.changed_relations').rows -%}
            {%- do remember_change(relation, extent) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{# writes down that a relation changed: `keyed` (only rows of its touched keys), `grown` (rows were only added) or
   `whole` (any row) #}
{% macro record_change(relation_id, extent) -%}
    {%- do remember_change(relation_id, extent) -%}
    {%- do run_query(
        "insert into raw_ops.changed_relations select '" ~ relation_id ~ "', '" ~ extent ~ "'"
    ) -%}
{%- endmacro %}

{# of two extents the further one counts: grown, keyed, whole #}
{% macro remember_change(relation_id, extent) -%}
    {%- do graph.changed.update({relation_id: [graph.changed.get(relation_id, ''), extent] | max}) -%}
{%- endmacro %}

{# the keys by which the rows of a model can be found: kind → list of expressions over its columns #}
{% macro keys_of(node) -%}
    {%- set keys = {} -%}
    {%- for kind, expressions in node.config.get('meta', {}).get('keys', {}).items() -%}
        {%- do keys.update({kind: [expressions] if expressions is string else expressions}) -%}
    {%- endfor -%}
    {{ return(keys) }}
{%- endmacro %}

{% macro node_of(relation) -%}
    {{ return(graph.nodes['model.' ~ project_name ~ '.' ~ relation.identifier]) }}
{%- endmacro %}
