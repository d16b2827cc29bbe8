{# calendar date and month of a UTC timestamp in the reporting timezone #}
{% macro local_date(moment) %}{{ return(adapter.dispatch('local_date')(moment)) }}{% endmacro %}
{% macro duckdb__local_date(moment) -%}
    {%- set zone = var('reporting_timezone') -%}
    {#- a look into the calendar costs more than most of what is done with a row -#}
    {%- set local = moment if zone == 'UTC' else "timezone('" ~ zone ~ "', timezone('UTC', " ~ moment ~ '))' -%}
    cast({{ local }} as date)
{%- endmacro %}
{% macro spark__local_date(moment) -%}
    cast(from_utc_timestamp({{ moment }}, '{{ var("reporting_timezone") }}') as date)
{%- endmacro %}
{% macro local_month(moment) -%} cast(date_trunc('month', {{ local_date(moment) }}) as date) {%- endmacro %}
