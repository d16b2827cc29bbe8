{# a timestamp moved by a number of days or minutes, which may be a column and may have a fraction #}
{% macro add_days(moment, days) -%} {{ add_seconds(moment, '(' ~ days ~ ') * 86400') }} {%- endmacro %}
{% macro add_minutes(moment, minutes) -%} {{ add_seconds(moment, '(' ~ minutes ~ ') * 60') }} {%- endmacro %}
{% macro add_seconds(moment, seconds) %}{{ return(adapter.dispatch('add_seconds')(moment, seconds)) }}{% endmacro %}
{% macro duckdb__add_seconds(moment, seconds) -%}
    {{ moment }} + to_seconds(cast(round({{ seconds }}) as bigint))
{%- endmacro %}
{% macro spark__add_seconds(moment, seconds) -%}
    timestampadd(second, cast(round({{ seconds }}) as bigint), {{ moment }})
{%- endmacro %}
