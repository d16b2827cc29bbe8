{# of the rules that hold for an entity the one that decides: smallest priority, then rule_id. A rule limited
   to a system holds for entities whose attribute source_system says so. `attributes` names a relation.
   Returns a query: entity_id, result, priority, rule_id. #}
{% macro first_matching_rule(rules, attributes, scope) -%}
    select
        entity_id,
        result,
        priority,
        rule_id
    from (
        select
            matches.*,
            row_number() over (
                partition by matches.entity_id
                order by matches.priority nulls last, matches.rule_id
            ) as preference
        from ({{ match_attribute_rules(rules, attributes, scope=scope) }}) as matches
        inner join (
            select
                rule_id,
                min(system) as system
            from {{ rules }}
            group by rule_id
        ) as rule_systems
            on matches.rule_id = rule_systems.rule_id
        left join {{ attributes }} as entity_systems
            on matches.entity_id = entity_systems.entity_id
            and entity_systems.attribute = 'source_system'
        where rule_systems.system is null or rule_systems.system = entity_systems.value_text
    ) as ranked
    where preference = 1
{%- endmacro %}
