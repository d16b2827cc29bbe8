{# asks the data tests of a table that look at no other one in the node that builds it, in one query: a node of its own
   costs dbt more than the question does. `touchline` marks them (orchestration/lib/building/own_tests.py reads the
   answer); a plain dbt call marks none and asks each in its node. #}
{% macro ask_own_tests() -%}
    {%- set own = model.config.get('meta', {}).get('own_tests', []) if execute else [] -%}
    {%- if own and (not is_increment() or changed_inputs({'depends_on': {'nodes': [model.unique_id]}})) -%}
        {%- set queries, questions, found = {}, [], [] -%}
        {%- for test in own -%}
            {%- do queries.update({test: query_of_test(graph.nodes[test])}) -%}
            {%- do questions.append(
                "select '" ~ test ~ "' as test, count(*) as row_count from (" ~ queries[test] ~ ') as broken'
            ) -%}
        {%- endfor -%}
        {%- for test, row_count in run_query(questions | join(' union all ')).rows if row_count -%}
            {%- do found.append({'test': test, 'rows': row_count | int, 'query': queries[test]}) -%}
        {%- endfor -%}
        {%- if found -%}{%- do exceptions.raise_compiler_error('OWN TESTS ' ~ tojson(found)) -%}{%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# the query of a generic test, over the table that is being built #}
{% macro query_of_test(test) -%}
    {%- set arguments = dict(test.test_metadata.kwargs, model=this) -%}
    {{ return(context['test_' ~ test.test_metadata.name](**arguments)) }}
{%- endmacro %}
