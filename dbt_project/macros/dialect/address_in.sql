{# the one address in a text in lower case, out of the name, brackets, `mailto:` and blanks of any kind around it;
   empty where it holds none. orchestration/lib/sql_text.py reads raw rows the same way #}
{% macro address_in(text) %}{{ return(adapter.dispatch('address_in')(text)) }}{% endmacro %}
{% macro duckdb__address_in(text) -%}
    regexp_extract(
        lower({{ text }}),
        '^(?:[^<]*<)?[\s\p{Z}\p{Cf}]*(?:mailto:)?([^<>@][^<>]*?)[\s\p{Z}\p{Cf}>,;.]*$', 1
    )
{%- endmacro %}
{% macro spark__address_in(text) -%}
    regexp_extract(
        lower({{ text }}),
        '^(?:[^<]*<)?[\\s\\p{Z}\\p{Cf}]*(?:mailto:)?([^<>@][^<>]*?)[\\s\\p{Z}\\p{Cf}>,;.]*$', 1
    )
{%- endmacro %}
