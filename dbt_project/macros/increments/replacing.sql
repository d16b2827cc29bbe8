{# the three ways a table gets its rows; each ends with the old rows or the new ones, never with a mix #}

{# all rows anew, in one statement, whatever was there #}
{% macro build_table(relation, query) -%}
    {%- set existing = load_cached_relation(relation) -%}
    {%- if existing and not existing.is_table -%}{%- do adapter.drop_relation(existing) -%}{%- endif -%}
    {%- call statement('main', auto_begin=false) -%}{{ create_or_replace(relation, query) }}{%- endcall -%}
{%- endmacro %}

{# all rows anew beside the old ones; the old ones go only when they differ #}
{% macro replace_whole(relation, query) -%}
    {%- set existing = adapter.get_relation(relation.database, relation.schema, relation.identifier) -%}
    {%- if not existing or not is_compared(model) -%}
        {%- do record_change(model.unique_id, 'whole') -%}
        {%- do build_table(relation, query) -%}
    {%- else -%}
        {%- set built = scratch_of(relation, 'built') -%}
        {%- call statement('main', auto_begin=false) -%}{{ create_or_replace(built, query) }}{%- endcall -%}
        {%- if announce(model, relation, built) -%}
            {%- do run_together([
                'drop table ' ~ relation, 'alter table ' ~ built ~ ' rename to ' ~ relation.identifier,
            ]) -%}
        {%- else -%}
            {%- do run_query('drop table ' ~ built) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# the rows of the touched keys anew, in place of those that were; `record` keys are those of the new rows themselves #}
{% macro replace_slice(relation, query) -%}
    {%- set meta = model.config.meta -%}
    {%- set key = keys_of(model)[meta.kept_by][0] -%}
    {%- set keys, slice = scratch_of(relation, 'keys'), scratch_of(relation, 'slice') -%}
    {%- if meta.kept_by != 'record' -%}
        {%- do write_touched_keys(relation) -%}
    {%- endif -%}
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

{# false for what the public reads, and for what depends on the day: it differs anyway, or nothing reads it #}
{% macro is_compared(node) -%}
    {{ return(not ['today', 'marts', 'activation', 'observability'] | select('in', node.fqn) | list) }}
{%- endmacro %}

{% macro create_or_replace(relation, query) -%}
    {%- if config.get('contract').enforced -%}
        {{ get_assert_columns_equivalent(query) }}
        create or replace table {{ relation }} {{ get_table_columns_and_constraints() }};
        insert into {{ relation }} {{ get_column_names() }} ({{ get_select_subquery(query) }})
    {%- else -%}
        create or replace table {{ relation }} as ({{ query }})
    {%- endif -%}
{%- endmacro %}

{# statements in one transaction #}
{% macro run_together(statements) -%}
    {%- for query in statements -%}
        {%- call statement('together', auto_begin=true) -%}{{ query }}{%- endcall -%}
    {%- endfor -%}
    {%- do adapter.commit() -%}
{%- endmacro %}
