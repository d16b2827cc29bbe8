{# percent-decoded text; a broken escape leaves the text as it came #}
{% macro url_decoded(expression) %}{{ return(adapter.dispatch('url_decoded')(expression)) }}{% endmacro %}
{% macro duckdb__url_decoded(expression) -%}
    coalesce(try(url_decode(replace({{ expression }}, '+', ' '))), {{ expression }})
{%- endmacro %}
{% macro spark__url_decoded(expression) -%}
    coalesce(try_url_decode({{ expression }}), {{ expression }})
{%- endmacro %}
