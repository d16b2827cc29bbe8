{# what a model reads and has changed in this run: unique id → extent. A view stands for what it reads; one that is
   not row for row its raw table (`by_batch`) has changed wholly with it #}
{% macro changed_inputs(node) -%}
    {%- set inputs = {} -%}
    {%- for name in node.depends_on.nodes -%}
        {%- set parent = graph.nodes.get(name) -%}
        {%- if parent and parent.config.materialized == 'view' -%}
            {%- for below in parent.depends_on.nodes -%}
                {%- do inputs.update({below: parent.config.get('meta', {}).get('by_batch', false)}) -%}
            {%- endfor -%}
        {%- else -%}
            {%- do inputs.update({name: true}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set changed = {} -%}
    {%- for relation, row_by_row in inputs.items() if relation in graph.changed -%}
        {%- do changed.update({relation: graph.changed[relation] if row_by_row else 'whole'}) -%}
    {%- endfor -%}
    {{ return(changed) }}
{%- endmacro %}

{# true when the touched keys of an input can be turned into keys of `kind`; new batches of a raw table can, as
   their rows say themselves which records they are of #}
{% macro leads_to(node, input, kind) -%}
    {%- if kind == 'record' -%}{{ return(input not in graph.nodes) }}{%- endif -%}
    {%- set announced = keys_of(graph.nodes[input]) if input in graph.nodes else {} -%}
    {%- set translated = node.config.get('meta', {}).get('translate', {}) -%}
    {{ return(kind in announced or translated.keys() | select('in', announced) | list | length > 0) }}
{%- endmacro %}
