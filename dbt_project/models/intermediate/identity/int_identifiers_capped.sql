-- one row per identifier, with the rule that blocks it for its value or for its many neighbours
with

identifiers as (
    select * from {{ ref('int_identifiers_numbered') }}
),

types as (
    select * from {{ ref('identifier_types') }}
),

screened as (
    select * from {{ ref('int_identifiers_screened') }}
),

neighbours as (
    select * from {{ ref('int_identity_neighbours_listed') }}
),

rules as (
    select * from {{ ref('identity_rules') }}
    where is_active
        and method = 'type_cap'
),

declared as (
    select * from {{ ref('int_declared_identifiers_labelled') }}
),

named as (
    select identifiers.*
    from identifiers
    left join screened
        on identifiers.identifier_id = screened.identifier_id
    where screened.identifier_id is null
),

-- what is declared one human counts once
counted as (
    select
        neighbours.identifier_id,
        named.identifier_type as counted_type,
        count(distinct coalesce(declared.component, named.node)) as seen_count
    from neighbours
    inner join named
        on neighbours.other_identifier_id = named.identifier_id
    left join declared
        on named.node = declared.node
    group by neighbours.identifier_id, named.identifier_type
),

exceeded as (
    select
        identifiers.identifier_id,
        min(rules.rule_id) as rule_id,
        {{ min_by('rules.reason', 'rules.rule_id') }} as reason
    from counted
    inner join identifiers
        on counted.identifier_id = identifiers.identifier_id
    inner join rules
        on counted.counted_type = rules.counted_type
        and identifiers.identifier_type = rules.identifier_type
    where counted.seen_count > rules.max_count
        and (rules.system is null or rules.system = identifiers.source_system)
    group by identifiers.identifier_id
),

capped as (
    select
        identifiers.*,
        types.is_strong,
        types.makes_known,
        coalesce(screened.rule_id, exceeded.rule_id) as blocked_rule_id,
        coalesce(screened.reason, exceeded.reason) as blocked_reason
    from identifiers
    left join types
        on identifiers.identifier_type = types.identifier_type
    left join screened
        on identifiers.identifier_id = screened.identifier_id
    left join exceeded
        on identifiers.identifier_id = exceeded.identifier_id
)

select * from capped
