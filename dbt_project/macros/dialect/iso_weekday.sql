{# day of the week, 1 is Monday and 7 is Sunday; the engines' own functions start on different days #}
{% macro iso_weekday(day) %}{{ return(adapter.dispatch('iso_weekday')(day)) }}{% endmacro %}
{% macro duckdb__iso_weekday(day) -%} cast(isodow({{ day }}) as bigint) {%- endmacro %}
{% macro spark__iso_weekday(day) -%} cast(weekday({{ day }}) + 1 as bigint) {%- endmacro %}
