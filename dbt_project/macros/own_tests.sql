{# asks the data tests of a table that look at no other one in the node that builds it, in one query: a node of its own
   costs dbt more than the question does. `touchline` marks them (orchestration/lib/building/own_tests.py reads the
   answer); a plain dbt call marks none and asks each in its node. #}
{% macro ask_own_tests() -%}
    {%- set questions = [] -%}
    {%- for test in own_tests_of(model) -%}
        {%- do questions.append("select '" ~ test.name ~ "' as test, count(*) as row_count from ("
            ~ query_of_test(test) ~ ') as found') -%}
    {%- endfor -%}
    {%- if questions and (not is_increment() or changed_inputs({'depends_on': {'nodes': [model.unique_id]}})) -%}
        {%- set failing = {} -%}
        {%- for name, row_count in run_query(questions | join(' union all ')).rows if row_count -%}
            {%- do failing.update({name: row_count | int}) -%}
        {%- endfor -%}
        {%- set found = [] -%}
        {%- for test in own_tests_of(model) if test.name in failing -%}
            {%- do found.append(
                {'test': test.unique_id, 'rows': failing[test.name], 'query': query_of_test(test)}
            ) -%}
        {%- endfor -%}
        {%- if found -%}{%- do exceptions.raise_compiler_error('OWN TESTS ' ~ tojson(found)) -%}{%- endif -%}
    {%- endif -%}
{%- endmacro %}

{% macro own_tests_of(node) -%}
    {%- set tests = [] -%}
    {%- if execute and flags.WHICH in ['build', 'run', 'seed', 'retry'] -%}
        {%- for test in graph.nodes.values() | selectattr('attached_node', 'equalto', node.unique_id)
            if 'asked_with_its_table' in test.tags -%}
            {%- do tests.append(test) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(tests) }}
{%- endmacro %}

{# the query of a generic test, over the table that is being built #}
{% macro query_of_test(test) -%}
    {%- set arguments = dict(test.test_metadata.kwargs, model=this) -%}
    {{ return(context['test_' ~ test.test_metadata.name](**arguments)) }}
{%- endmacro %}
