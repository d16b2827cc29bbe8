-- one row per weak identifier that strong persons use: how many they are, how many of it they have
with

identifiers as (
    select * from {{ ref('int_identifiers_capped') }}
),

labels as (
    select * from {{ ref('int_strong_identifiers_labelled') }}
),

neighbours as (
    select * from {{ ref('int_identity_neighbours_listed') }}
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

users as (
    select distinct
        neighbours.identifier_id,
        identifiers.identifier_type,
        strong.person_node
    from neighbours
    inner join identifiers
        on neighbours.identifier_id = identifiers.identifier_id
    inner join strong
        on neighbours.other_identifier_id = strong.identifier_id
    where not identifiers.is_strong
),

sibling_users as (
    select
        *,
        count(*) over (partition by person_node, identifier_type) as sibling_count
    from users
),

shared as (
    select identifier_id from users
    group by identifier_id
    having count(*) > 1
),

type_holders as (
    select distinct
        person_node,
        identifier_type
    from strong
),

-- one with a login and one with an address may be one human; two with an address are two
counted_by_type as (
    select
        users.identifier_id,
        type_holders.identifier_type,
        count(*) as person_count
    from users
    inner join shared
        on users.identifier_id = shared.identifier_id
    inner join type_holders
        on users.person_node = type_holders.person_node
    group by users.identifier_id, type_holders.identifier_type
),

counted as (
    select
        sibling_users.identifier_id,
        max(counted_by_type.person_count) as person_count,
        max(sibling_users.sibling_count) as sibling_count
    from sibling_users
    left join counted_by_type
        on sibling_users.identifier_id = counted_by_type.identifier_id
    group by sibling_users.identifier_id
)

select * from counted
