{# percent-decoded text; a broken escape leaves the text as it came, also one that is no UTF-8, for which Spark
   puts a replacement character #}
{% macro url_decoded(expression) %}{{ return(adapter.dispatch('url_decoded')(expression)) }}{% endmacro %}
{% macro duckdb__url_decoded(expression) -%}
    coalesce(try(url_decode(replace({{ expression }}, '+', ' '))), {{ expression }})
{%- endmacro %}
{% macro spark__url_decoded(expression) -%}
    case
        when position('\uFFFD' in try_url_decode({{ expression }})) > 0 then {{ expression }}
        else coalesce(try_url_decode({{ expression }}), {{ expression }})
    end
{%- endmacro %}
