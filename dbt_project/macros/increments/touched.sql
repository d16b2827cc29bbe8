{# import of a table that is kept by key: in an increment only the rows of the keys that this run touched, else all.
   The key is the one the reading model is kept by, see way_of #}
{% macro touched(relation) -%}
    {%- if not is_increment() or way_of(model) != 'slice' -%}{{ return(relation) }}{%- endif -%}
    {%- set kind = model.config.meta.kept_by -%}
    {%- set conditions = [] -%}
    {%- for expression in keys_of(node_of(relation))[kind] -%}
        {%- do conditions.append(expression ~ ' in (select key from ' ~ scratch_of(this, 'keys') ~ ')') -%}
    {%- endfor -%}
    {{ return('(select * from ' ~ relation ~ ' where ' ~ conditions | join(' or ') ~ ')') }}
{%- endmacro %}

{# the table of a model #}
{% macro table_of(node) -%}
    {{ return(api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias, type='table')) }}
{%- endmacro %}

{# a table beside another one that lives as long as that one is built #}
{% macro scratch_of(relation, purpose) -%}
    {{ return(api.Relation.create(
        database=relation.database, schema=relation.schema, identifier=relation.identifier ~ '__' ~ purpose, type='table'
    )) }}
{%- endmacro %}
