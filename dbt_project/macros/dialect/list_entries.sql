{# one row per value of a '|'-separated list #}
{% macro list_entries(list_text) %}{{ return(adapter.dispatch('list_entries')(list_text)) }}{% endmacro %}
{% macro duckdb__list_entries(list_text) -%} unnest(string_split({{ list_text }}, '|')) {%- endmacro %}
{% macro spark__list_entries(list_text) -%} explode(split({{ list_text }}, '\\|')) {%- endmacro %}
