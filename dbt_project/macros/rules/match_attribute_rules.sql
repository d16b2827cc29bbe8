{# engine 1: which rules hold for which entities; rows of one rule_id are clauses that must all hold.
   `rules`: relation of clause rows; `attributes`: relation in long form (entity_id, attribute, value_text,
   value_number, value_date). Positive operators need one value that holds; negative ones (is_not, not_in,
   is_missing) need that no value holds. A rule of negative clauses alone is tried on every entity.
   Returns a query: entity_id, rule_id, scope, result, priority, rule_version. #}
{% macro match_attribute_rules(rules, attributes, scope=none) -%}
{%- set negative = "('is_not', 'not_in', 'is_missing')" -%}
    select
        entity_rules.entity_id,
        rule_heads.rule_id,
        rule_heads.scope,
        rule_heads.result,
        rule_heads.priority,
        rule_heads.rule_version
    from (
        select
            rule_id,
            min(scope) as scope,
            min(result) as result,
            min(priority) as priority,
            min(rule_version) as rule_version,
            sum(case when operator in {{ negative }} then 0 else 1 end) as needed_clauses
        from {{ rules }}
        where is_active {%- if scope %} and scope = '{{ scope }}' {%- endif %}
        group by rule_id
    ) as rule_heads
    inner join (
        select
            clause_hits.entity_id,
            clause_hits.rule_id,
            sum(case when clause_hits.operator in {{ negative }} then 0 else 1 end) as held_clauses,
            sum(case when clause_hits.operator in {{ negative }} then 1 else 0 end) as violations
        from (
            select distinct
                attributes.entity_id,
                clauses.rule_id,
                clauses.clause,
                clauses.operator
            from {{ rules }} as clauses
            inner join {{ attributes }} as attributes
                on clauses.attribute = attributes.attribute
            where clauses.is_active
                {%- if scope %} and clauses.scope = '{{ scope }}' {%- endif %}
                and {{ clause_holds('clauses', 'attributes') }}
            union all
            select
                entities.entity_id,
                negative_rules.rule_id,
                cast(null as varchar(255)) as clause,
                'tried' as operator
            from (select distinct entity_id from {{ attributes }}) as entities
            cross join (
                select rule_id
                from {{ rules }}
                where is_active {%- if scope %} and scope = '{{ scope }}' {%- endif %}
                group by rule_id
                having sum(case when operator in {{ negative }} then 0 else 1 end) = 0
            ) as negative_rules
        ) as clause_hits
        group by clause_hits.entity_id, clause_hits.rule_id
    ) as entity_rules
        on rule_heads.rule_id = entity_rules.rule_id
    where entity_rules.violations = 0
        and (
            entity_rules.held_clauses = rule_heads.needed_clauses
            or rule_heads.needed_clauses = 0
        )
{%- endmacro %}
