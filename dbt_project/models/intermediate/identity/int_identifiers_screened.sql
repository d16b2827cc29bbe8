-- one row per identifier whose own value says that it names nobody, with the rule that says so
with

identifiers as (
    select * from {{ ref('int_identifiers_numbered') }}
),

parts as (
    select * from {{ ref('int_identifier_parts_listed') }}
),

rules as (
    select * from {{ ref('blocked_values') }}
),

matched as (
    {{ match_attribute_rules(rules='rules', attributes='parts') }}
),

rule_systems as (
    select
        rule_id,
        min(system) as system
    from rules
    group by rule_id
),

ranked as (
    select
        matched.entity_id as identifier_id,
        matched.rule_id,
        matched.result as reason,
        row_number() over (
            partition by matched.entity_id
            order by matched.priority, matched.rule_id
        ) as rule_rank
    from matched
    inner join rule_systems
        on matched.rule_id = rule_systems.rule_id
    inner join identifiers
        on matched.entity_id = identifiers.identifier_id
    where (matched.scope is null or matched.scope = identifiers.identifier_type)
        and (rule_systems.system is null or rule_systems.system = identifiers.source_system)
),

screened as (
    select
        identifier_id,
        rule_id,
        reason
    from ranked
    where rule_rank = 1
)

select * from screened
