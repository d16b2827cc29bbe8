{# true in a run that brings tables up to date instead of building them anew; the run before left raw_ops as such a
   run needs it, so only `touchline` says it. A plain dbt call builds everything. #}
{% macro is_increment() -%}
    {{ return(
        execute and target.type == 'duckdb' and env_var('TOUCHLINE_INCREMENT', '') == 'true'
        and flags.WHICH in ['run', 'build', 'retry']
    ) }}
{%- endmacro %}
