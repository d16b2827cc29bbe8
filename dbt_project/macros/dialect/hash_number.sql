{# a number that looks random but depends on value and seed only; both engines have their own, so that
   nothing that is kept may depend on it #}
{% macro hash_number(value, seed) %}{{ return(adapter.dispatch('hash_number')(value, seed)) }}{% endmacro %}
{% macro duckdb__hash_number(value, seed) -%} hash({{ value }}, {{ seed }}) {%- endmacro %}
{% macro spark__hash_number(value, seed) -%} xxhash64({{ value }}, {{ seed }}) {%- endmacro %}
