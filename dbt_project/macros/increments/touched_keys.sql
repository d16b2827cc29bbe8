{# the touched keys of the model that is built, in a table beside it. `closed_by` names a table whose rows tie keys
   together: with one key of a row all others of it are touched, and so on #}
{% macro write_touched_keys(relation) -%}
    {%- set keys = scratch_of(relation, 'keys') -%}
    {%- do run_query('create or replace table ' ~ keys ~ ' as ' ~ touched_keys_of(model)) -%}
    {%- set meta = model.config.meta -%}
    {%- if meta.closed_by -%}
        {%- set tied = translated_keys(meta.closed_by, meta.kept_by, meta.kept_by, 'select key from ' ~ keys) -%}
        {%- set state = namespace(grows=true) -%}
        {%- for round in range(10000) if state.grows -%}
            {%- set before = run_query('select count(*) from ' ~ keys).rows[0][0] -%}
            {%- do run_query('insert into ' ~ keys ~ ' (' ~ tied ~ ' except select key from ' ~ keys ~ ')') -%}
            {%- set state.grows = run_query('select count(*) from ' ~ keys).rows[0][0] > before -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{# query: the touched keys of a model, from what its changed inputs announced #}
{% macro touched_keys_of(node) -%}
    {%- set kind = node.config.meta.kept_by -%}
    {%- set announced = "select key from raw_ops.touched_keys where relation = '{input}' and kind = '{kind}'" -%}
    {%- set queries = [] -%}
    {%- for input, extent in changed_inputs(node).items() if extent == 'keyed' -%}
        {%- set kinds = keys_of(graph.nodes[input]) -%}
        {%- if kind in kinds -%}
            {%- do queries.append(announced.format(input=input, kind=kind)) -%}
        {%- endif -%}
        {%- for other, name in node.config.meta.get('translate', {}).items() if other in kinds -%}
            {%- set keys = announced.format(input=input, kind=other) -%}
            {%- do queries.append(translated_keys(name, other, kind, keys)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return('select cast(key as varchar) as key from (' ~ queries | join(' union ') ~ ') where key is not null') }}
{%- endmacro %}

{# query: keys of one kind that stand beside some keys of another kind in a table #}
{% macro translated_keys(name, kind, wanted_kind, keys) -%}
    {%- set node = graph.nodes['model.' ~ project_name ~ '.' ~ name] -%}
    {%- set table = api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias) -%}
    {%- set queries = [] -%}
    {%- for expression in keys_of(node)[kind] -%}
        {%- for wanted in keys_of(node)[wanted_kind] -%}
            {%- do queries.append(
                'select ' ~ wanted ~ ' as key from ' ~ table ~ ' where ' ~ expression ~ ' in (' ~ keys ~ ')'
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return('(' ~ queries | join(' union ') ~ ')') }}
{%- endmacro %}
