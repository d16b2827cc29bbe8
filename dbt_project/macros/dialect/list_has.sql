{# whether a text equals one of the values of a '|'-separated list #}
{% macro list_has(list_text, value) %}{{ return(adapter.dispatch('list_has')(list_text, value)) }}{% endmacro %}
{% macro duckdb__list_has(list_text, value) -%}
    list_contains(string_split({{ list_text }}, '|'), {{ value }})
{%- endmacro %}
{% macro spark__list_has(list_text, value) -%}
    array_contains(split({{ list_text }}, '\\|'), {{ value }})
{%- endmacro %}
