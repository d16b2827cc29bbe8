{# value at the smallest or largest order; null values and null orders never win: on Spark a null value would.
   Where an order may come twice `tie` decides, or which of them is told would change from build to build. #}
{% macro min_by(value, order, tie=none) -%}
    {{ return(adapter.dispatch('min_by')(value, ordered_pair(order, tie) if tie else order)) }}
{%- endmacro %}
{% macro duckdb__min_by(value, order) -%} arg_min({{ value }}, {{ order }}) {%- endmacro %}
{% macro spark__min_by(value, order) -%} min_by({{ value }}, case when {{ value }} is not null then {{ order }} end) {%- endmacro %}
{% macro max_by(value, order, tie=none) -%}
    {{ return(adapter.dispatch('max_by')(value, ordered_pair(order, tie) if tie else order)) }}
{%- endmacro %}
{% macro duckdb__max_by(value, order) -%} arg_max({{ value }}, {{ order }}) {%- endmacro %}
{% macro spark__max_by(value, order) -%} max_by({{ value }}, case when {{ value }} is not null then {{ order }} end) {%- endmacro %}

{# an order, and what decides where it comes twice; null where the order is #}
{% macro ordered_pair(order, tie) %}{{ return(adapter.dispatch('ordered_pair')(order, tie)) }}{% endmacro %}
{% macro duckdb__ordered_pair(order, tie) -%} case when {{ order }} is not null then row({{ order }}, {{ tie }}) end {%- endmacro %}
{% macro spark__ordered_pair(order, tie) -%} case when {{ order }} is not null then struct({{ order }}, {{ tie }}) end {%- endmacro %}
