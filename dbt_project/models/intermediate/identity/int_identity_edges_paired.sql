-- one row per pair of identifiers that belong together, with the oldest evidence of it
with

sighted_identifiers as (
    select * from {{ ref('int_sighted_identifiers_listed') }}
),

address_edges as (
    select * from {{ ref('int_address_edges_derived') }}
),

declared as (
    select * from {{ ref('int_identity_links_declared') }}
),

seen_together as (
    select
        sighted_identifiers.identifier_id as left_identifier_id,
        others.identifier_id as right_identifier_id,
        sighted_identifiers.source_table as evidence,
        sighted_identifiers.source_system,
        sighted_identifiers.source_record_id,
        sighted_identifiers.first_seen_at,
        sighted_identifiers.last_seen_at
    from sighted_identifiers
    inner join sighted_identifiers as others
        on sighted_identifiers.sighting_id = others.sighting_id
    where sighted_identifiers.identifier_id < others.identifier_id
),

evidence as (
    select * from seen_together
    union all
    select * from address_edges
    union all
    select
        left_identifier_id,
        right_identifier_id,
        evidence,
        source_system,
        source_record_id,
        first_seen_at,
        first_seen_at as last_seen_at
    from declared
    where action = 'link'
),

verdicts as (
    select
        left_identifier_id,
        right_identifier_id,
        min(case when action = 'link' then coalesce(rule_id, evidence) end) as linked_by,
        min(case when action = 'unlink' then rule_id end) as denied_by
    from declared
    group by left_identifier_id, right_identifier_id
),

ranked as (
    select
        *,
        row_number() over (
            partition by left_identifier_id, right_identifier_id
            order by first_seen_at nulls last, evidence, source_system, source_record_id
        ) as evidence_rank,
        max(last_seen_at) over (partition by left_identifier_id, right_identifier_id)
            as pair_last_seen_at
    from evidence
),

paired as (
    select
        -- keys
        ranked.left_identifier_id,
        ranked.right_identifier_id,
        -- timestamps
        ranked.first_seen_at,
        ranked.pair_last_seen_at as last_seen_at,
        -- evidence
        ranked.evidence,
        ranked.source_system,
        ranked.source_record_id,
        verdicts.linked_by,
        verdicts.denied_by
    from ranked
    left join verdicts
        on ranked.left_identifier_id = verdicts.left_identifier_id
        and ranked.right_identifier_id = verdicts.right_identifier_id
    where ranked.evidence_rank = 1
)

select * from paired
