-- one row per identifier with its final verdict: a weak one joins nobody when it says too little
with

identifiers as (
    select * from {{ ref('int_identifiers_capped') }}
),

labels as (
    select * from {{ ref('int_strong_identifiers_labelled') }}
),

counted as (
    select * from {{ ref('int_shared_identifiers_counted') }}
),

rules as (
    select * from {{ ref('identity_rules') }}
    where is_active
        and method in ('person_cap', 'spread_cap')
),

shared as (
    select
        identifiers.identifier_id,
        min(rules.rule_id) as rule_id,
        {{ min_by('rules.reason', 'rules.rule_id') }} as reason
    from counted
    inner join identifiers
        on counted.identifier_id = identifiers.identifier_id
    inner join rules
        on identifiers.identifier_type = rules.identifier_type
    where (
        (rules.method = 'person_cap' and counted.person_count > rules.max_count)
        or (rules.method = 'spread_cap' and counted.sibling_count > rules.max_count)
    )
    and (rules.system is null or rules.system = identifiers.source_system)
    group by identifiers.identifier_id
),

guarded as (
    select
        -- keys
        identifiers.identifier_id,
        identifiers.node,
        coalesce(labels.component, identifiers.node) as strong_node,
        -- text
        identifiers.identifier_type,
        identifiers.issuer,
        identifiers.identifier_value,
        identifiers.source_system,
        coalesce(identifiers.blocked_reason, shared.reason) as blocked_reason,
        -- booleans
        identifiers.makes_known,
        identifiers.is_strong,
        coalesce(identifiers.blocked_rule_id, shared.rule_id) is not null as is_blocked,
        coalesce(identifiers.blocked_rule_id, shared.rule_id) is not null
        and labels.component is null as stands_alone,
        -- timestamps
        identifiers.first_seen_at,
        identifiers.last_seen_at,
        -- evidence
        coalesce(identifiers.blocked_rule_id, shared.rule_id) as blocked_rule_id,
        identifiers.misdated_rule_id
    from identifiers
    left join labels
        on identifiers.node = labels.node
    left join shared
        on identifiers.identifier_id = shared.identifier_id
)

select * from guarded
