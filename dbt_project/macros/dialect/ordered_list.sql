{# distinct values of a group as sorted JSON text; listagg ignores its order on Spark #}
{% macro ordered_list(value) %}{{ return(adapter.dispatch('ordered_list')(value)) }}{% endmacro %}
{% macro duckdb__ordered_list(value) -%}
    cast(to_json(coalesce(list_sort(list(distinct {{ value }}) filter ({{ value }} is not null)), [])) as varchar)
{%- endmacro %}
{% macro spark__ordered_list(value) -%} to_json(array_sort(collect_set({{ value }}))) {%- endmacro %}
