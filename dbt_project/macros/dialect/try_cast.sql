{# typed value of text, null where it does not fit; dbt's own safe_cast raises on DuckDB. Spark trims text
   before it casts, takes any alphabet's digits and, unlike DuckDB, no underscore between digits #}
{% macro try_number(expression) %}{{ return(adapter.dispatch('try_number')(expression)) }}{% endmacro %}
{% macro duckdb__try_number(expression) -%} try_cast({{ expression }} as decimal(18, 4)) {%- endmacro %}
{% macro spark__try_number(expression) -%}
    try_cast(
        case
            when {{ expression }} rlike '^[ -~]*$'
                then regexp_replace({{ expression }}, '(?<=[0-9])_(?=[0-9])', '')
        end as decimal(18, 4)
    )
{%- endmacro %}

{% macro try_boolean(expression) %}{{ return(adapter.dispatch('try_boolean')(expression)) }}{% endmacro %}
{% macro duckdb__try_boolean(expression) -%} try_cast({{ expression }} as boolean) {%- endmacro %}
{% macro spark__try_boolean(expression) -%}
    try_cast(case when {{ expression }} rlike '^[a-zA-Z0-9]+$' then {{ expression }} end as boolean)
{%- endmacro %}

{% macro try_integer(expression) -%} cast(round({{ try_number(expression) }}) as bigint) {%- endmacro %}
{% macro try_date(expression) -%} cast({{ try_timestamp(expression) }} as date) {%- endmacro %}
