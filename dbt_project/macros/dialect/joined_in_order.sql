{# texts of a group as one text, in the order of a column of theirs; listagg ignores its order on Spark #}
{% macro joined_in_order(value, place, separator) -%}
    {{ return(adapter.dispatch('joined_in_order')(value, place, separator)) }}
{%- endmacro %}
{% macro duckdb__joined_in_order(value, place, separator) -%}
    string_agg({{ value }}, '{{ separator }}' order by {{ place }})
{%- endmacro %}
{% macro spark__joined_in_order(value, place, separator) -%}
    array_join(
        transform(
            array_sort(collect_list(struct({{ place }} as place, {{ value }} as value))), each -> each.value
        ),
        '{{ separator }}'
    )
{%- endmacro %}
