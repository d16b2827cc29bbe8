{# UTC timestamp of ISO 8601 text; text without an offset is UTC; null where it is none #}
{% macro try_timestamp(expression) %}{{ return(adapter.dispatch('try_timestamp')(expression)) }}{% endmacro %}
{% macro duckdb__try_timestamp(expression) -%}
    cast(timezone('UTC', try_cast({{ expression }} as timestamptz)) as timestamp)
{%- endmacro %}
{% macro spark__try_timestamp(expression) -%} try_cast({{ whole_date(expression) }} as timestamp) {%- endmacro %}

{# text that begins with a whole date, as Spark reads it: it would take `2026` for its first of January, `10:30`
   and `now` for a moment of the day it runs on, and does not know dates with slashes #}
{% macro whole_date(text) -%}
    case
        when {{ text }} rlike '^ *[0-9]{4,6}[-/][0-9]{1,2}[-/][0-9]{1,2}([ tT][0-9]{1,2}:.*)?$'
            then regexp_replace({{ text }}, '^( *[0-9]+)/([0-9]+)/', '$1-$2-')
    end
{%- endmacro %}
