{# one row per day (or other step) from the first to the last, both included; none when either is null #}
{% macro date_series(first, last, step='1 day') %}{{ return(adapter.dispatch('date_series')(first, last, step)) }}{% endmacro %}
{% macro duckdb__date_series(first, last, step) -%}
    unnest(generate_series({{ first }}, {{ last }}, interval {{ step }}))
{%- endmacro %}
{% macro spark__date_series(first, last, step) -%}
    explode(sequence({{ first }}, {{ last }}, interval {{ step }}))
{%- endmacro %}
