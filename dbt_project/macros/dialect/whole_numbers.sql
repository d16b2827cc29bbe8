{# division of whole numbers, what is left over cut off: `/` gives a double on either engine #}
{% macro whole_quotient(numerator, denominator) %}{{ return(adapter.dispatch('whole_quotient')(numerator, denominator)) }}{% endmacro %}
{% macro duckdb__whole_quotient(numerator, denominator) -%} (({{ numerator }}) // ({{ denominator }})) {%- endmacro %}
{% macro spark__whole_quotient(numerator, denominator) -%} (({{ numerator }}) div ({{ denominator }})) {%- endmacro %}

{# type of whole numbers beyond bigint: DuckDB divides no decimals without a double, Spark has no hugeint #}
{% macro wide_integer() %}{{ return(adapter.dispatch('wide_integer')()) }}{% endmacro %}
{% macro duckdb__wide_integer() -%} hugeint {%- endmacro %}
{% macro spark__wide_integer() -%} decimal(38, 0) {%- endmacro %}
