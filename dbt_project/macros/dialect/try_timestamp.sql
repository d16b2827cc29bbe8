{# UTC timestamp of ISO 8601 text; text without an offset is UTC; null where it is none #}
{% macro try_timestamp(expression) %}{{ return(adapter.dispatch('try_timestamp')(expression)) }}{% endmacro %}
{% macro duckdb__try_timestamp(expression) -%}
    cast(timezone('UTC', try_cast({{ expression }} as timestamptz)) as timestamp)
{%- endmacro %}
{% macro spark__try_timestamp(expression) -%}
    try_cast({{ expression }} as timestamp)
{%- endmacro %}
