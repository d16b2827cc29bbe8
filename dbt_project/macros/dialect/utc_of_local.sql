{# UTC timestamp of ISO text that says the local time of a zone; null where it is none #}
{% macro utc_of_local(text, zone) %}{{ return(adapter.dispatch('utc_of_local')(text, zone)) }}{% endmacro %}
{% macro duckdb__utc_of_local(text, zone) -%}
    timezone('UTC', timezone('{{ zone }}', try_cast({{ text }} as timestamp)))
{%- endmacro %}
{% macro spark__utc_of_local(text, zone) -%}
    to_utc_timestamp(try_cast({{ text }} as timestamp), '{{ zone }}')
{%- endmacro %}
