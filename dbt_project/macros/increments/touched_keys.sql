{# the touched keys of a model, in a table beside it. `closed_by` names a table whose rows tie keys together: with one
   key of a row all others of it are touched, and so on #}
{% macro write_touched_keys(node) -%}
    {%- set keys = scratch_of(table_of(node), 'keys') -%}
    {%- do run_query('create or replace table ' ~ keys ~ ' as ' ~ touched_keys_of(node)) -%}
    {%- set meta = node.config.meta -%}
    {%- if meta.closed_by -%}
        {%- set tied = translated_keys(meta.closed_by, meta.kept_by, meta.kept_by, 'select key from ' ~ keys) -%}
        {%- set state = namespace(grows=true) -%}
        {%- for round in range(10000) if state.grows -%}
            {%- set before = run_query('select count(*) from ' ~ keys).rows[0][0] -%}
            {%- do run_query('insert into ' ~ keys ~ ' (' ~ tied ~ ' except select key from ' ~ keys ~ ')') -%}
            {%- set state.grows = run_query('select count(*) from ' ~ keys).rows[0][0] > before -%}
        {%- endfor -%}
        {%- if state.grows -%}
            {{ exceptions.raise_compiler_error(
                'the keys that ' ~ meta.closed_by ~ ' ties together are not all found after 10,000 rounds; where: '
                ~ node.name ~ '; do: look in ' ~ meta.closed_by ~ ' for a chain of rows that ties thousands together, '
                ~ 'or build everything by `touchline run --full-refresh`'
            ) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# query: the touched keys of a model, from what somebody asked for and what its changed inputs announced. What it reads
   by its own key (`touched`) is found by that key; the keys of anything else are translated as well #}
{% macro touched_keys_of(node) -%}
    {%- set kind = node.config.meta.kept_by -%}
    {%- set announced = "select key from raw_ops.touched_keys where relation = '{input}' and kind = '{kind}'" -%}
    {%- set queries = ["select key from raw_ops.asked_keys where kind = '" ~ kind ~ "'"] -%}
    {%- for input, extent in changed_inputs(node).items() if extent == 'keyed' -%}
        {%- set kinds = keys_of(graph.nodes[input]) -%}
        {%- if kind in kinds -%}
            {%- do queries.append(announced.format(input=input, kind=kind)) -%}
        {%- endif -%}
        {%- if kind not in kinds or not reads_by_key(node, input) -%}
            {%- for other, name in node.config.meta.get('translate', {}).items() if other in kinds -%}
                {%- set keys = announced.format(input=input, kind=other) -%}
                {%- do queries.append(translated_keys(name, other, kind, keys)) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return('select cast(key as varchar) as key from (' ~ queries | join(' union ') ~ ') where key is not null') }}
{%- endmacro %}

{% macro reads_by_key(node, input) -%}
    {{ return("touched(ref('" ~ graph.nodes[input].name ~ "'))" in node.raw_code) }}
{%- endmacro %}

{# query: keys of one kind that stand beside some keys of another kind in a table #}
{% macro translated_keys(name, kind, wanted_kind, keys) -%}
    {%- set node = graph.nodes['model.' ~ project_name ~ '.' ~ name] -%}
    {%- set queries = [] -%}
    {%- for expression in keys_of(node)[kind] -%}
        {%- for wanted in keys_of(node)[wanted_kind] -%}
            {%- do queries.append(
                'select ' ~ wanted ~ ' as key from ' ~ table_of(node) ~ ' where ' ~ expression ~ ' in (' ~ keys ~ ')'
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return('(' ~ queries | join(' union ') ~ ')') }}
{%- endmacro %}
