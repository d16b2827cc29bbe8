{# number of the day of a timestamp, to count days in window frames #}
{% macro whole_days(moment) -%}
    cast({{ days_between("cast('1970-01-01 00:00:00' as timestamp)", moment) }} as bigint)
{%- endmacro %}
