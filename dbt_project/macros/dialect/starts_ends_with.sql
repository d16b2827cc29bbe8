{# whether text begins or ends with other text; the functions have one name on DuckDB, another on Spark #}
{% macro starts_with(text, head) %}{{ return(adapter.dispatch('starts_with')(text, head)) }}{% endmacro %}
{% macro duckdb__starts_with(text, head) -%} starts_with({{ text }}, {{ head }}) {%- endmacro %}
{% macro spark__starts_with(text, head) -%} startswith({{ text }}, {{ head }}) {%- endmacro %}
{% macro ends_with(text, tail) %}{{ return(adapter.dispatch('ends_with')(text, tail)) }}{% endmacro %}
{% macro duckdb__ends_with(text, tail) -%} ends_with({{ text }}, {{ tail }}) {%- endmacro %}
{% macro spark__ends_with(text, tail) -%} endswith({{ text }}, {{ tail }}) {%- endmacro %}
