{# data tests: in an increment, one whose tables have not changed is not asked again #}
{% materialization test, adapter='duckdb' %}
    {%- set asks_anew = not is_increment() or changed_inputs(model) -%}
    {%- set query = get_limit_subquery_sql(sql, config.get('limit')) if asks_anew else 'select 1 where 1 = 0' -%}
    {%- call statement('main', fetch_result=true) -%}
        {{ get_test_sql(
            query, config.get('fail_calc') if asks_anew else 'count(*)', config.get('warn_if'), config.get('error_if'),
            limit=none
        ) }}
    {%- endcall -%}
    {{ return({'relations': []}) }}
{% endmaterialization %}
