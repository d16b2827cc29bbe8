{# whole seconds from one timestamp to another #}
{% macro seconds_between(earlier, later) %}{{ return(adapter.dispatch('seconds_between')(earlier, later)) }}{% endmacro %}
{% macro duckdb__seconds_between(earlier, later) -%}
    ((epoch_us({{ later }}) - epoch_us({{ earlier }})) // 1000000)
{%- endmacro %}
{% macro spark__seconds_between(earlier, later) -%}
    ((unix_micros({{ later }}) - unix_micros({{ earlier }})) div 1000000)
{%- endmacro %}

{# days with fraction: seconds / 86400 #}
{% macro days_between(earlier, later) -%}
    cast({{ quotient(seconds_between(earlier, later), '86400', 4) }} as decimal(12, 4))
{%- endmacro %}
