{# values of a group as JSON text in the order of another column, which has no ties in the group; null values are left out #}
{% macro list_in_order(value, order) %}{{ return(adapter.dispatch('list_in_order')(value, order)) }}{% endmacro %}
{% macro duckdb__list_in_order(value, order) -%}
    cast(to_json(coalesce(list({{ value }} order by {{ order }}) filter ({{ value }} is not null), [])) as varchar)
{%- endmacro %}
{% macro spark__list_in_order(value, order) -%}
    to_json(transform(
        array_sort(collect_list(
            case when {{ value }} is not null then named_struct('place', {{ order }}, 'value', {{ value }}) end
        )),
        entry -> entry.value
    ))
{%- endmacro %}
