-- one row per source record that belongs to a touchpoint: which one, and the rule that joined it
with

visit_records as (
    select * from {{ touched(ref('int_visit_records_listed')) }}
),

email_records as (
    select * from {{ touched(ref('int_email_records_grouped')) }}
),

candidates as (
    select * from {{ touched(ref('int_touchpoint_candidates_unioned')) }}
),

paired as (
    select * from {{ ref('int_touchpoint_candidates_paired') }}
),

records as (
    select
        source_system,
        source_table,
        source_record_id,
        type_id,
        candidate_id,
        is_anchor
    from visit_records
    union all
    select
        source_system,
        source_table,
        source_record_id,
        type_id,
        candidate_id,
        source_record_id = anchor_record_id as is_anchor
    from email_records
    union all
    select
        source_system,
        source_table,
        source_record_id,
        type_id,
        candidate_id,
        true as is_anchor
    from candidates
    where record_kind not in ('sessions', 'emails')
),

collapsed as (
    select
        {{ surrogate_key(
            ['records.source_system', 'records.source_table', 'records.source_record_id']
        ) }} as record_id,
        records.source_system,
        records.source_table,
        records.source_record_id,
        records.candidate_id,
        coalesce(paired.leading_candidate_id, records.candidate_id) as touchpoint_id,
        records.is_anchor and paired.candidate_id is null as is_primary,
        records.type_id,
        paired.collapse_rule_id
    from records
    left join paired
        on records.candidate_id = paired.candidate_id
)

select * from collapsed
