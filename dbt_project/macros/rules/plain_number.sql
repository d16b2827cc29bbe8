{# a number as people write it: text without zeros at its end #}
{% macro plain_number(value) -%}
    regexp_replace(cast({{ value }} as varchar(40)), '[.]?0+$', '')
{%- endmacro %}
