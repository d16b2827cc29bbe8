{# one row per day from the first to the last, both included; none when either is null #}
{% macro date_series(first, last) %}{{ return(adapter.dispatch('date_series')(first, last)) }}{% endmacro %}
{% macro duckdb__date_series(first, last) -%}
    unnest(generate_series({{ first }}, {{ last }}, interval 1 day))
{%- endmacro %}
{% macro spark__date_series(first, last) -%}
    explode(sequence({{ first }}, {{ last }}, interval 1 day))
{%- endmacro %}
