{# how an increment replaces rows: a table has its old rows or its new ones, never a mix #}

{# all rows anew beside the old ones; the old ones go only when they differ #}
{% macro replace_whole(relation, query) -%}
    {%- set existing = adapter.get_relation(relation.database, relation.schema, relation.identifier) -%}
    {%- if not existing or not is_compared(model) -%}
        {%- do record_change(model.unique_id, 'whole') -%}
        {%- do build_table(relation, query) -%}
    {%- else -%}
        {%- set built = scratch_of(relation, 'built') -%}
        {%- call statement('main', auto_begin=false) -%}{{ create_or_replace(built, query) }}{%- endcall -%}
        {%- if not has_same_rows(relation, built) and announce(model, relation, built) -%}
            {%- do run_together([
                'drop table ' ~ relation, 'alter table ' ~ built ~ ' rename to ' ~ relation.identifier,
            ]) -%}
        {%- else -%}
            {%- do run_query('drop table ' ~ built) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# said by the sum of the rows' hashes: a tenth of what it costs to find those that differ #}
{% macro has_same_rows(relation, other) -%}
    {%- set of_table = '(select struct_pack(n := count(*), s := sum(hash(row_of))) from {} as row_of)' -%}
    {{ return(run_query('select ' ~ of_table.format(relation) ~ ' = ' ~ of_table.format(other)).rows[0][0]) }}
{%- endmacro %}

{# the rows of the touched keys anew, in place of those that were: keys that way_of wrote, or for `record` those of the
   new rows themselves #}
{% macro replace_slice(relation, query) -%}
    {%- set meta = model.config.meta -%}
    {%- set key = keys_of(model)[meta.kept_by][0] -%}
    {%- set keys, slice = scratch_of(relation, 'keys'), scratch_of(relation, 'slice') -%}
    {%- call statement('main', auto_begin=false) -%}create or replace table {{ slice }} as ({{ query }}){%- endcall -%}
    {%- if meta.kept_by == 'record' -%}
        {%- do run_query('create or replace table ' ~ keys ~ ' as select distinct ' ~ key ~ ' as key from ' ~ slice) -%}
    {%- endif -%}
    {%- set of_keys = ' where ' ~ key ~ ' in (select key from ' ~ keys ~ ')' -%}
    {%- set before, after = '(select * from ' ~ relation ~ of_keys ~ ')', '(select * from ' ~ slice ~ of_keys ~ ')' -%}
    {%- if announce(model, before, after) -%}
        {%- do run_together([
            'delete from ' ~ relation ~ of_keys, 'insert into ' ~ relation ~ ' by name ' ~ after,
        ]) -%}
    {%- endif -%}
    {%- do run_query('drop table ' ~ slice ~ '; drop table ' ~ keys) -%}
{%- endmacro %}
