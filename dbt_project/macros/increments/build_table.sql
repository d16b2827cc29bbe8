{# all rows anew, in one statement, whatever was there #}
{% macro build_table(relation, query) -%}
    {%- set existing = load_cached_relation(relation) -%}
    {%- if existing and not existing.is_table -%}{%- do adapter.drop_relation(existing) -%}{%- endif -%}
    {%- call statement('main', auto_begin=false) -%}{{ create_or_replace(relation, query) }}{%- endcall -%}
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
