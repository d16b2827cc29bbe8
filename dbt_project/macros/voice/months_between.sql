{# whole calendar months from one first day of a month to another #}
{% macro months_between(first_month, later_month) -%}
    cast(
        12 * (extract(year from {{ later_month }}) - extract(year from {{ first_month }}))
        + extract(month from {{ later_month }}) - extract(month from {{ first_month }}) as bigint
    )
{%- endmacro %}
