{# JSON text of one object per group, keys sorted, of keys that are unique in the group; maps are built otherwise on each
   engine. Sorted once gathered: DuckDB spends far more memory on lists that it keeps in order. #}
{% macro json_object_of(key, value) %}{{ return(adapter.dispatch('json_object_of')(key, value)) }}{% endmacro %}
{% macro duckdb__json_object_of(key, value) -%}
    cast(to_json(map_from_entries(list_sort(list(row({{ key }}, {{ value }}))))) as varchar)
{%- endmacro %}
{% macro spark__json_object_of(key, value) -%}
    to_json(map_from_entries(array_sort(collect_list(struct({{ key }}, {{ value }})))))
{%- endmacro %}
