{# a text in lower case as its words, letters and digits, with one blank before, between and after them #}
{% macro words_of_text(text) %}{{ return(adapter.dispatch('words_of_text')(text)) }}{% endmacro %}
{% macro duckdb__words_of_text(text) -%}
    ' ' || trim(regexp_replace(lower({{ text }}), '[^\p{L}\p{M}\p{N}]+', ' ', 'g')) || ' '
{%- endmacro %}
{% macro spark__words_of_text(text) -%}
    ' ' || trim(regexp_replace(lower({{ text }}), '[^\\p{L}\\p{M}\\p{N}]+', ' ')) || ' '
{%- endmacro %}
