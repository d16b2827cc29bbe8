{# true when the queries a model asks beside its own would be for nothing: dbt only parses or compiles, or nothing
   that the model reads has changed #}
{% macro is_idle() -%}
    {{ return(not execute or flags.WHICH not in ['run', 'build', 'retry'] or way_of(model) == 'skip') }}
{%- endmacro %}
