-- one row per web event that belongs to its visit: the candidate touchpoint the visit is
with

web_events as (
    select * from {{ touched(ref('int_web_events_judged')) }}
    where grain = 'visit' and session_id is not null
),

visits as (
    select * from {{ touched(ref('int_touchpoint_candidates_from_sessions')) }}
),

listed as (
    select
        web_events.source_system,
        web_events.source_table,
        web_events.source_record_id,
        web_events.type_id,
        web_events.session_id,
        visits.candidate_id,
        web_events.source_record_id = visits.source_record_id as is_anchor
    from web_events
    inner join visits
        on web_events.session_id = visits.session_id
)

select * from listed
