-- one row per identifier with the person it belongs to; a blocked one is a person of its own
with

identifiers as (
    select * from {{ ref('int_identifiers_guarded') }}
),

labels as (
    select * from {{ ref('int_guarded_identifiers_labelled') }}
),

edges as (
    select * from {{ ref('int_identity_edges_paired') }}
),

usable as (
    select identifier_id from identifiers
    where not is_blocked
),

used_edges as (
    select edges.*
    from edges
    inner join usable as left_ends
        on edges.left_identifier_id = left_ends.identifier_id
    inner join usable as right_ends
        on edges.right_identifier_id = right_ends.identifier_id
),

edge_ends as (
    select left_identifier_id as identifier_id, right_identifier_id as other_identifier_id,
        first_seen_at, evidence
    from used_edges
    union all
    select right_identifier_id as identifier_id, left_identifier_id as other_identifier_id,
        first_seen_at, evidence
    from used_edges
),

ranked_ends as (
    select
        identifier_id,
        evidence,
        row_number() over (
            partition by identifier_id
            order by first_seen_at nulls last, evidence, other_identifier_id
        ) as evidence_rank
    from edge_ends
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
        ranked_ends.evidence as joined_by,
        numbered.blocked_rule_id
    from numbered
    inner join identifiers as oldest
        on numbered.person_node = oldest.node
    left join ranked_ends
        on numbered.identifier_id = ranked_ends.identifier_id
        and ranked_ends.evidence_rank = 1
)

select * from resolved
