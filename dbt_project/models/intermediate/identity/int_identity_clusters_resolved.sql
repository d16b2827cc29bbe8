-- one row per identifier with the person it belongs to; a blocked one is a person of its own
with

identifiers as (
    select * from {{ ref('int_identifiers_guarded') }}
),

labels as (
    select * from {{ ref('int_guarded_identifiers_labelled') }}
),

neighbours as (
    select * from {{ ref('int_identity_neighbours_listed') }}
),

usable as (
    select identifier_id from identifiers
    where not is_blocked
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
    inner join usable
        on neighbours.identifier_id = usable.identifier_id
    inner join usable as others
        on neighbours.other_identifier_id = others.identifier_id
),

numbered as (
    select
        identifiers.*,
        case
            when identifiers.is_blocked then identifiers.node
            else coalesce(labels.component, identifiers.strong_node)
        end as person_node
    from identifiers
    left join labels
        on identifiers.strong_node = labels.node
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
        numbered.makes_known,
        -- timestamps
        numbered.first_seen_at,
        numbered.last_seen_at,
        -- evidence
        ranked_neighbours.evidence as joined_by,
        numbered.blocked_rule_id
    from numbered
    inner join identifiers as oldest
        on numbered.person_node = oldest.node
    left join ranked_neighbours
        on numbered.identifier_id = ranked_neighbours.identifier_id
        and ranked_neighbours.evidence_rank = 1
)

select * from resolved
