{# before a run: the raw tables. DuckDB has them in its own file; Spark reads the Parquet that
   `touchline build --target spark` wrote, each table registered under the name its source has #}
{% macro open_lake() %}{{ return(adapter.dispatch('open_lake')()) }}{% endmacro %}
{% macro duckdb__open_lake() %}{% endmacro %}
{% macro spark__open_lake() -%}
    {%- set sources = graph.sources.values() | list if graph else [] -%}
    {%- for schema in sources | map(attribute='schema') | unique %}
        {%- do run_query('create schema if not exists ' ~ schema) -%}
    {%- endfor -%}
    {%- for source in sources -%}
        {%- set table = source.schema ~ '.' ~ source.identifier -%}
        {%- set file = lake_folder() ~ '/raw/' ~ source.schema ~ '/' ~ source.identifier ~ '.parquet' -%}
        {%- do run_query('create table ' ~ table ~ " using parquet location '" ~ file ~ "'") -%}
    {%- endfor -%}
{%- endmacro %}

{% macro lake_folder() -%} {{ return(env_var('TOUCHLINE_HOME', 'data') ~ '/lake') }} {%- endmacro %}
