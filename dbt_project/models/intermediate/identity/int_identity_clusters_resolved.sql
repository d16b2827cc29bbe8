-- one row per identifier with the person it belongs to; a blocked one is a person of its own
with

identifiers as (
    select * from {{ ref('int_identifiers_grouped') }}
),

parted as (
    select * from {{ ref('int_parted_identifiers_labelled') }}
),

neighbours as (
    select * from {{ ref('int_identity_neighbours_listed') }}
),

numbered as (
    select
        identifiers.*,
        case
            when identifiers.stands_alone then identifiers.node
            else coalesce(parted.component, identifiers.group_node)
        end as person_node
    from identifiers
    left join parted
        on identifiers.human_node = parted.node
),

ranked_neighbours as (
    select
        neighbours.identifier_id,
        neighbours.evidence,
        row_number() over (
            partition by neighbours.identifier_id
            order by
                neighbours.first_seen_at nulls last,
                neighbours.evidence,
                neighbours.other_identifier_id
        ) as evidence_rank
    from neighbours
    inner join numbered
        on neighbours.identifier_id = numbered.identifier_id
    inner join numbered as others
        on neighbours.other_identifier_id = others.identifier_id
        and numbered.person_node = others.person_node
    where neighbours.linked_by is not null
        or (not numbered.is_blocked and not others.is_blocked)
),

resolved as (
    select
        -- keys
        numbered.identifier_id,
        oldest.identifier_id as person_id,
        -- text
        numbered.identifier_type,
        numbered.issuer,
        numbered.identifier_value,
        numbered.source_system,
        numbered.blocked_reason,
        -- booleans
        numbered.is_blocked,
        numbered.is_strong,
        numbered.makes_known,
        -- timestamps
        numbered.first_seen_at,
        numbered.last_seen_at,
        -- evidence
        ranked_neighbours.evidence as joined_by,
        numbered.blocked_rule_id,
        numbered.misdated_rule_id
    from numbered
    inner join identifiers as oldest
        on numbered.person_node = oldest.node
    left join ranked_neighbours
        on numbered.identifier_id = ranked_neighbours.identifier_id
        and ranked_neighbours.evidence_rank = 1
)

select * from resolved
