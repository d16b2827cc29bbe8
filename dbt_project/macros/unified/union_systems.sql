{# column names of a kind, as the standard shape (system `files`) has them #}
{% macro kind_columns(kind) -%}
    {%- set names = [] -%}
    {%- if execute -%}
        {%- for column in adapter.get_columns_in_relation(ref('stg_files__' ~ kind)) -%}
            {%- do names.append(column.name) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(names) }}
{%- endmacro %}

{# all systems that provide a kind, in the columns and order of the standard shape; `fresh`: only the batches that
   an increment has to read #}
{% macro union_systems(kind, fresh=false) -%}
    {%- set columns = kind_columns(kind) -%}
    {%- for system, kinds in var('systems').items() if kind in kinds %}
    {%- if not loop.first %}
    union all
    {%- endif %}
    select
        '{{ system }}' as source_system,
        {{ columns | join(',\n        ') if columns else '*' }}
    from {{ ref('stg_' ~ system ~ '__' ~ kind) }}
    {%- if fresh %}
    where _batch_id in ({{ fresh_batches_of('stg_' ~ system ~ '__' ~ kind) }})
    {%- endif %}
    {%- endfor -%}
{%- endmacro %}
