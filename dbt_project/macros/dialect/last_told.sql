{# the last value that is not null, among the rows of the window that follows #}
{% macro last_told(column) %}{{ return(adapter.dispatch('last_told')(column)) }}{% endmacro %}
{% macro duckdb__last_told(column) -%} last_value({{ column }} ignore nulls) {%- endmacro %}
{% macro spark__last_told(column) -%} last_value({{ column }}, true) {%- endmacro %}
