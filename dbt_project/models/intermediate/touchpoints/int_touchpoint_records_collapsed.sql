-- one row per source record that belongs to a touchpoint: which one, and the rule that joined it
with

web_events as (
    select * from {{ ref('int_web_events_judged') }}
    where grain = 'visit' and session_id is not null
),

email_records as (
    select * from {{ ref('int_email_records_grouped') }}
),

candidates as (
    select * from {{ ref('int_touchpoint_candidates_unioned') }}
),

paired as (
    select * from {{ ref('int_touchpoint_candidates_paired') }}
),

visits as (
    select
        session_id,
        candidate_id,
        source_record_id
    from candidates
    where record_kind = 'sessions'
),

records as (
    select
        web_events.source_system,
        web_events.source_table,
        web_events.source_record_id,
        web_events.type_id,
        visits.candidate_id,
        web_events.source_record_id = visits.source_record_id as is_anchor
    from web_events
    inner join visits
        on web_events.session_id = visits.session_id
    union all
    select
        source_system,
        source_table,
        source_record_id,
        type_id,
        {{ surrogate_key(['source_system', 'source_table', 'anchor_record_id']) }} as candidate_id,
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
        coalesce(paired.leading_candidate_id, records.candidate_id) as touchpoint_id,
        records.is_anchor and paired.candidate_id is null as is_primary,
        records.type_id,
        paired.collapse_rule_id
    from records
    left join paired
        on records.candidate_id = paired.candidate_id
)

select * from collapsed
