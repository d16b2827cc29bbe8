{# value at the smallest or largest order; null values and null orders never win: on Spark a null value would #}
{% macro min_by(value, order) %}{{ return(adapter.dispatch('min_by')(value, order)) }}{% endmacro %}
{% macro duckdb__min_by(value, order) -%} arg_min({{ value }}, {{ order }}) {%- endmacro %}
{% macro spark__min_by(value, order) -%} min_by({{ value }}, case when {{ value }} is not null then {{ order }} end) {%- endmacro %}
{% macro max_by(value, order) %}{{ return(adapter.dispatch('max_by')(value, order)) }}{% endmacro %}
{% macro duckdb__max_by(value, order) -%} arg_max({{ value }}, {{ order }}) {%- endmacro %}
{% macro spark__max_by(value, order) -%} max_by({{ value }}, case when {{ value }} is not null then {{ order }} end) {%- endmacro %}
