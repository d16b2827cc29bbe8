{# interpolated percentile of a group; the functions have one name on DuckDB, another on Spark #}
{% macro percentile(value, share) %}{{ return(adapter.dispatch('percentile')(value, share)) }}{% endmacro %}
{% macro duckdb__percentile(value, share) -%} quantile_cont(cast({{ value }} as double), {{ share }}) {%- endmacro %}
{% macro spark__percentile(value, share) -%} percentile(cast({{ value }} as double), {{ share }}) {%- endmacro %}
