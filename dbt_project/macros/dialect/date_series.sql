{# one row per day (or other step) from the first to the last date, both included; none when either is null.
   DuckDB's series is of timestamps; Spark takes no expression around a generator, so that none may be needed #}
{% macro date_series(first, last, step='1 day') %}{{ return(adapter.dispatch('date_series')(first, last, step)) }}{% endmacro %}
{% macro duckdb__date_series(first, last, step) -%}
    cast(unnest(generate_series({{ first }}, {{ last }}, interval {{ step }})) as date)
{%- endmacro %}
{% macro spark__date_series(first, last, step) -%}
    explode(sequence({{ first }}, {{ last }}, interval {{ step }}))
{%- endmacro %}
