{# UTC timestamp of ISO text that says the local time of a zone; null where it is none. Of an hour that a clock
   shows twice it is the second one: DuckDB's choice; Spark would take the first #}
{% macro utc_of_local(text, zone) %}{{ return(adapter.dispatch('utc_of_local')(text, zone)) }}{% endmacro %}
{% macro duckdb__utc_of_local(text, zone) -%}
    timezone('UTC', timezone('{{ zone }}', try_cast({{ text }} as timestamp)))
{%- endmacro %}
{% macro spark__utc_of_local(text, zone) -%}
    {%- set local = 'try_cast(' ~ whole_date(text) ~ ' as timestamp)' -%}
    {%- set utc = 'to_utc_timestamp(' ~ local ~ ", '" ~ zone ~ "')" -%}
    {%- set hour_later = utc ~ ' + interval 1 hour' -%}
    case
        when from_utc_timestamp({{ hour_later }}, '{{ zone }}') = {{ local }} then {{ hour_later }}
        else {{ utc }}
    end
{%- endmacro %}
