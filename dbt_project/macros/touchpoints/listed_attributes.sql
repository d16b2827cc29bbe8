{# the long form that match_attribute_rules reads: one row per entity and attribute that has a value.
   `texts` and `numbers` are pairs of attribute name and expression over `relation` #}
{% macro listed_attributes(relation, entity_id, texts=[], numbers=[]) -%}
    {%- for attribute, expression in texts + numbers %}
    select
        {{ entity_id }} as entity_id,
        '{{ attribute }}' as attribute,
        {% if (attribute, expression) in texts -%}
        cast({{ expression }} as varchar(65535)) as value_text,
        cast(null as decimal(18, 4)) as value_number,
        {%- else -%}
        cast(null as varchar(65535)) as value_text,
        cast({{ expression }} as decimal(18, 4)) as value_number,
        {%- endif %}
        cast(null as date) as value_date
    from {{ relation }}
    where {{ expression }} is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
