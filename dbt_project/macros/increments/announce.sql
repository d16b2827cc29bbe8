{# compares the rows a table had with those it gets, and writes down what reads it has to know: nothing when they are
   the same; the keys of the differing rows; or that rows were only added to a dictionary. Returns whether they
   differ. It is said before a row is replaced: a run that is cut off in between is repeated. #}
{% macro announce(node, before, after) -%}
    {%- set keys = keys_of(node) -%}
    {%- set columns = [] -%}
    {%- for kind, expressions in keys.items() -%}
        {%- for expression in expressions -%}{%- do columns.append((kind, expression)) -%}{%- endfor -%}
    {%- endfor -%}
    {%- set differing = scratch_of(api.Relation.create(schema='raw_ops', identifier=node.alias), 'differing') -%}
    {%- do run_query('create or replace table ' ~ differing ~ ' as ' ~ differing_rows(before, after, columns)) -%}
    {%- set counted -%}
        select count(*), coalesce(sum(case when balance < 0 then 1 else 0 end), 0) from {{ differing }}
    {%- endset -%}
    {%- set counts = run_query(counted).rows[0] -%}
    {%- if counts[0] -%}
        {%- for kind, expression in columns -%}
            {%- do run_query(
                "insert into raw_ops.touched_keys select distinct '" ~ node.unique_id ~ "', '" ~ kind ~ "', key_"
                ~ loop.index ~ ' from ' ~ differing
            ) -%}
        {%- endfor -%}
        {%- set grows = node.config.get('meta', {}).get('is_dictionary', false) and not counts[1] -%}
        {%- do record_change(node.unique_id, 'grown' if grows else 'keyed' if columns else 'whole') -%}
    {%- endif -%}
    {%- do run_query('drop table ' ~ differing) -%}
    {{ return(counts[0] > 0) }}
{%- endmacro %}

{# query: hash and keys of the rows that one relation has more often than the other #}
{% macro differing_rows(before, after, columns) -%}
    {%- set sides = [] -%}
    {%- for relation, weight in [(before, -1), (after, 1)] -%}
        {%- set side -%}
            select hash(row_of) as row_hash, {{ weight }} as weight
            {%- for kind, expression in columns %}, cast({{ expression }} as varchar) as key_{{ loop.index }}{% endfor %}
            from {{ relation }} as row_of
        {%- endset -%}
        {%- do sides.append(side) -%}
    {%- endfor -%}
    select * from (
        select * exclude (weight), sum(weight) as balance from ({{ sides | join(' union all ') }}) as both_sides group by all
    ) as balanced where balance <> 0
{%- endmacro %}
