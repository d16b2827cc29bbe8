{# JSON text of one object with every column of a relation in scope; a null column may be left out #}
{% macro row_json(relation) %}{{ return(adapter.dispatch('row_json')(relation)) }}{% endmacro %}
{% macro duckdb__row_json(relation) -%} cast(to_json({{ relation }}) as varchar) {%- endmacro %}
{% macro spark__row_json(relation) -%} to_json(struct({{ relation }}.*)) {%- endmacro %}
