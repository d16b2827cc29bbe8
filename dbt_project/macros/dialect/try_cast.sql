{# typed value of text, null where it does not fit; dbt's own safe_cast raises on DuckDB #}
{% macro try_number(expression) -%} try_cast({{ expression }} as decimal(18, 4)) {%- endmacro %}
{% macro try_integer(expression) -%} cast(round(try_cast({{ expression }} as decimal(18, 4))) as bigint) {%- endmacro %}
{% macro try_boolean(expression) -%} try_cast({{ expression }} as boolean) {%- endmacro %}
{% macro try_date(expression) -%} cast({{ try_timestamp(expression) }} as date) {%- endmacro %}
