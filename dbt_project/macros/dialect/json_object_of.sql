{# JSON text of one object per group, keys sorted, of keys that are unique in the group; maps are built otherwise on each engine #}
{% macro json_object_of(key, value) %}{{ return(adapter.dispatch('json_object_of')(key, value)) }}{% endmacro %}
{% macro duckdb__json_object_of(key, value) -%}
    cast(to_json(map(list({{ key }} order by {{ key }}), list({{ value }} order by {{ key }}))) as varchar)
{%- endmacro %}
{% macro spark__json_object_of(key, value) -%}
    to_json(map_from_entries(array_sort(collect_list(struct({{ key }}, {{ value }})))))
{%- endmacro %}
