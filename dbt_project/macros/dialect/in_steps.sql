{# body of a model whose steps have many readers. `steps`: (name, query) in order, each query reads the steps before it by
   their names; the last one is the model. DuckDB works a step out once for all who read it: one statement. Spark works it
   out anew for each, and for each of those that read them: there the steps named in `kept` become scratch tables, see
   drop_kept_steps. #}
{% macro in_steps(steps, kept) %}{{ return(adapter.dispatch('in_steps')(steps, kept)) }}{% endmacro %}
{% macro duckdb__in_steps(steps, kept) %}{{ return(in_one_statement(steps)) }}{% endmacro %}
{% macro spark__in_steps(steps, kept) -%}
    {%- if is_idle() -%}{{ return(in_one_statement(steps)) }}{%- endif -%}
    {%- set told = [] -%}
    {%- for name, query in steps -%}
        {%- if name in kept -%}
            {%- set table = scratch_of(this, name) -%}
            {%- do replace_table(table, in_one_statement(told + [(name, query)])) -%}
            {%- do told.append((name, 'select * from ' ~ table)) -%}
        {%- else -%}
            {%- do told.append((name, query)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(in_one_statement(told)) }}
{%- endmacro %}

{% macro in_one_statement(steps) -%}
with
{% for name, query in steps %}
{{ name }} as (
    {{ query }}
){{ ',' if not loop.last }}
{% endfor %}
select * from {{ (steps | last)[0] }}
{%- endmacro %}

{# post-hook of a model in steps: its scratch tables are only needed until it is built #}
{% macro drop_kept_steps(relation) %}{{ return(adapter.dispatch('drop_kept_steps')(relation)) }}{% endmacro %}
{% macro duckdb__drop_kept_steps(relation) %}{% endmacro %}
{% macro spark__drop_kept_steps(relation) -%}
    {%- if not is_idle() -%}
        {%- set kept = run_query('show tables in ' ~ relation.schema ~ " like '" ~ relation.identifier ~ "__*'") -%}
        {%- for table in kept.columns['tableName'].values() -%}
            {%- do run_query('drop table ' ~ relation.schema ~ '.' ~ table) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
