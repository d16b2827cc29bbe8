{# query: one row per record of `relation` that says something a channel rule of the scope knows.
   `texts` are pairs of attribute and expression; rules are tried on what is stated, each once. #}
{% macro channels_of(relation, scope, texts) -%}
    {%- set texts = [('source_system', 'source_system')] + texts -%}
    {%- set stated_key = surrogate_key(texts | map(attribute=1) | list) -%}
    with

    stated as (
        select distinct
            {{ stated_key }} as stated_key,
            {%- for attribute, expression in texts %}
            {{ expression }} as stated_{{ loop.index }}{{ ',' if not loop.last }}
            {%- endfor %}
        from {{ relation }}
    ),

    attributes as (
        {%- set columns = [] -%}
        {%- for attribute, expression in texts -%}
            {%- do columns.append((attribute, 'stated_' ~ loop.index)) -%}
        {%- endfor %}
        {{ listed_attributes('stated', 'stated_key', texts=columns) }}
    ),

    deciding_rules as (
        {{ first_matching_rule(ref('channel_rules'), 'attributes', scope=scope) }}
    )

    select
        records.source_system,
        records.source_record_id,
        deciding_rules.result as channel,
        deciding_rules.rule_id as channel_rule_id
    from (
        select
            source_system,
            source_record_id,
            {{ stated_key }} as stated_key
        from {{ relation }}
    ) as records
    inner join deciding_rules
        on records.stated_key = deciding_rules.entity_id
{%- endmacro %}
