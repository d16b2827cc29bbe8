-- one row per identifier with its final verdict: a weak one that several persons use joins none of them
with

identifiers as (
    select * from {{ ref('int_identifiers_capped') }}
),

rules as (
    select * from {{ ref('identity_rules') }}
    where is_active
        and method = 'person_cap'
),

edges as (
    select * from {{ ref('int_identity_edges_paired') }}
),

labels as (
    select * from {{ ref('int_strong_identifiers_labelled') }}
),

strong as (
    select
        identifiers.identifier_id,
        identifiers.identifier_type,
        coalesce(labels.component, identifiers.node) as person_node
    from identifiers
    left join labels
        on identifiers.node = labels.node
    where identifiers.is_strong
        and identifiers.blocked_rule_id is null
),

neighbours as (
    select left_identifier_id as identifier_id, right_identifier_id as other_identifier_id from edges
    union all
    select right_identifier_id as identifier_id, left_identifier_id as other_identifier_id from edges
),

users as (
    select distinct
        neighbours.identifier_id,
        strong.person_node
    from neighbours
    inner join strong
        on neighbours.other_identifier_id = strong.identifier_id
),

shared_by_several as (
    select identifier_id from users
    group by identifier_id
    having count(*) > 1
),

type_holders as (
    select distinct person_node, identifier_type from strong
),

-- one with a login and one with an address may be one human; two with an address are two
counted as (
    select
        users.identifier_id,
        type_holders.identifier_type,
        count(*) as person_count
    from users
    inner join shared_by_several
        on users.identifier_id = shared_by_several.identifier_id
    inner join type_holders
        on users.person_node = type_holders.person_node
    group by users.identifier_id, type_holders.identifier_type
),

used as (
    select
        identifier_id,
        max(person_count) as person_count
    from counted
    group by identifier_id
),

shared as (
    select
        identifiers.identifier_id,
        min(rules.rule_id) as rule_id,
        {{ min_by('rules.reason', 'rules.rule_id') }} as reason
    from used
    inner join identifiers
        on used.identifier_id = identifiers.identifier_id
    inner join rules
        on identifiers.identifier_type = rules.identifier_type
    where used.person_count > rules.max_count
        and (rules.system is null or rules.system = identifiers.source_system)
    group by identifiers.identifier_id
),

guarded as (
    select
        -- keys
        identifiers.identifier_id,
        identifiers.node,
        coalesce(strong_labels.component, identifiers.node) as strong_node,
        -- text
        identifiers.identifier_type,
        identifiers.issuer,
        identifiers.identifier_value,
        identifiers.source_system,
        coalesce(identifiers.blocked_reason, shared.reason) as blocked_reason,
        -- booleans
        identifiers.makes_known,
        coalesce(identifiers.blocked_rule_id, shared.rule_id) is not null as is_blocked,
        -- timestamps
        identifiers.first_seen_at,
        identifiers.last_seen_at,
        -- evidence
        coalesce(identifiers.blocked_rule_id, shared.rule_id) as blocked_rule_id
    from identifiers
    left join labels as strong_labels
        on identifiers.node = strong_labels.node
    left join shared
        on identifiers.identifier_id = shared.identifier_id
)

select * from guarded
