{# tables on DuckDB: built anew, or in an increment brought up to date, see way_of #}
{% materialization table, adapter='duckdb' %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set way = way_of(model) -%}
    {%- do adapter.commit() -%}
    {{ run_hooks(pre_hooks) }}
    {%- if not is_increment() -%}
        {%- do record_change(model.unique_id, 'whole') -%}
        {%- do build_table(target_relation, sql) -%}
    {%- elif way == 'skip' -%}
        {%- call noop_statement('main', 'UNCHANGED', 'UNCHANGED', 0) -%}{%- endcall -%}
    {%- elif way == 'slice' -%}
        {%- do replace_slice(target_relation, sql) -%}
    {%- else -%}
        {%- do replace_whole(target_relation, sql) -%}
    {%- endif -%}
    {%- if is_increment() -%}{%- do store_raw_result('main', message=way, code=way, rows_affected=none) -%}{%- endif -%}
    {{ run_hooks(post_hooks) }}
    {%- do adapter.commit() -%}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
