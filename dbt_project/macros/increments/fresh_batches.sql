{# the batches that an increment reads of a staging view, as a list of texts for SQL: those landed since the last
   finished build, and those of which that build did not know all yet #}
{% macro fresh_batches_of(name) -%}
    {%- set sources = graph.nodes['model.' ~ project_name ~ '.' ~ name].depends_on.nodes -%}
    {%- set query -%}
        select distinct batch_id from raw_ops.fresh_batches where relation in ('{{ sources | join("', '") }}') order by 1
    {%- endset -%}
    {%- set batches = run_query(query).columns[0].values() -%}
    {{ return("'" ~ batches | join("', '") ~ "'") }}
{%- endmacro %}

{# writes down which batches of a kind hold rows or values that as_of does not know yet: when it does, they are read
   once more #}
{% macro note_waiting_batches(kind, moments, fresh) -%}
    {%- if target.type == 'duckdb' and not is_idle() -%}
        {%- do run_query("delete from raw_ops.waiting_batches where relation = '" ~ model.unique_id ~ "'") -%}
        {%- set conditions = [] -%}
        {%- for moment in moments if moment -%}{%- do conditions.append(moment ~ ' >= ' ~ as_of()) -%}{%- endfor -%}
        {%- if conditions -%}
            {%- set query -%}
                insert into raw_ops.waiting_batches
                select distinct '{{ model.unique_id }}', _batch_id from ({{ union_systems(kind, fresh) }}) as records
                where {{ conditions | join(' or ') }}
            {%- endset -%}
            {%- do run_query(query) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
