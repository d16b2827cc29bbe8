{# interpolated percentile of a group; the functions have one name on DuckDB, another on Spark, and interpolate
   in an order of their own: the ninth decimal place hides it, so that halves round alike afterwards #}
{% macro percentile(value, share) %}{{ return(adapter.dispatch('percentile')(value, share)) }}{% endmacro %}
{% macro duckdb__percentile(value, share) -%}
    cast(quantile_cont(cast({{ value }} as double), {{ share }}) as decimal(28, 9))
{%- endmacro %}
{% macro spark__percentile(value, share) -%}
    cast(percentile(cast({{ value }} as double), {{ share }}) as decimal(28, 9))
{%- endmacro %}
