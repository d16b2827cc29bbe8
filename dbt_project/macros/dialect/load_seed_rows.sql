{# a seed is its shipped rows overlaid by `<home>/rules/<seed>.csv`: an own row replaces all shipped rows of
   its id, the first column of meta.key. Both files were checked before (`touchline check`). #}
{% macro duckdb__load_csv_rows(model, agate_table) -%}
    {%- set shipped = adapter.get_seed_file_path(model) -%}
    {%- set own = env_var('TOUCHLINE_HOME', 'data') ~ '/rules/' ~ model.name ~ '.csv' -%}
    {%- set own_rows = "read_csv('" ~ own ~ "', header = true, all_varchar = true)" -%}
    {%- do adapter.add_query("copy " ~ this.render() ~ " from '" ~ shipped ~ "' (format csv, header true)") -%}
    {%- set found = run_query("select count(*) from glob('" ~ own ~ "')").rows[0][0] -%}
    {%- if found -%}
        {%- set id = model.config.meta.key[0] -%}
        {%- do adapter.add_query(
            "delete from " ~ this.render() ~ " where " ~ id ~ " in (select " ~ id ~ " from " ~ own_rows ~ ")"
        ) -%}
        {%- do adapter.add_query("insert into " ~ this.render() ~ " by name select * from " ~ own_rows) -%}
    {%- endif -%}
    {{ return("select 1") }}
{%- endmacro %}

{# seeds are made anew each time, so that a changed column needs no flag #}
{% macro duckdb__reset_csv_table(model, full_refresh, old_relation, agate_table) -%}
    {%- do adapter.drop_relation(old_relation) -%}
    {{ return(create_csv_table(model, agate_table)) }}
{%- endmacro %}

{# on Spark the rows that hold lie in the lake as Parquet: dbt's own way writes 'None' for an empty cell #}
{% macro spark__create_csv_table(model, agate_table) -%}
    {%- set file = lake_folder() ~ '/seeds/' ~ model.name ~ '.parquet' -%}
    {%- do run_query('create table ' ~ this.render() ~ " using parquet location '" ~ file ~ "'") -%}
    {{ return('select 1') }}
{%- endmacro %}
{% macro spark__load_csv_rows(model, agate_table) -%} {{ return('select 1') }} {%- endmacro %}
