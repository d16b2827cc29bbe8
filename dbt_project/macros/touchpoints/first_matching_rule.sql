{# of the rules that hold for an entity the one that decides: smallest priority, then rule_id.
   Returns a query: entity_id, result, priority, rule_id. #}
{% macro first_matching_rule(rules, attributes, scope) -%}
    select
        entity_id,
        result,
        priority,
        rule_id
    from (
        select
            *,
            row_number() over (
                partition by entity_id
                order by priority nulls last, rule_id
            ) as preference
        from ({{ match_attribute_rules(rules, attributes, scope=scope) }}) as matches
    ) as ranked
    where preference = 1
{%- endmacro %}
