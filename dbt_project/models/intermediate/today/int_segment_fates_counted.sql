-- one row per segment, step of the waterfall and reason: how many candidates drop out before it
with

candidates as (
    select * from {{ ref('int_segment_candidates_judged') }}
),

destinations as (
    select * from {{ ref('int_segment_destinations_listed') }}
),

acknowledged as (
    select * from {{ source('raw_ops', 'sync_acknowledged') }}
    where told is not null
),

-- a file is written by the run itself, a tool says whom it took
sent as (
    select distinct
        candidates.segment_id,
        candidates.person_id
    from candidates
    inner join destinations
        on candidates.segment_id = destinations.segment_id
    left join acknowledged
        on destinations.destination = acknowledged.destination
        and destinations.segment_id = acknowledged.segment_id
        and lower(candidates.email) = acknowledged.email
    where candidates.drop_reason is null
        and (destinations.kind = 'file' or acknowledged.email is not null)
),

fated as (
    select
        candidates.segment_id,
        case
            when sent.person_id is not null then 7
            when candidates.drop_reason is null then 6
            when not candidates.has_address then 2
            when not candidates.is_eligible then 3
            when candidates.drop_reason = 'holdout' then 5
            else 4
        end as fails_at,
        case
            when sent.person_id is null then coalesce(candidates.drop_reason, 'not_acknowledged')
        end as reason
    from candidates
    left join sent
        on candidates.segment_id = sent.segment_id
        and candidates.person_id = sent.person_id
),

fates as (
    select
        segment_id,
        fails_at,
        reason,
        count(*) as person_count
    from fated
    group by segment_id, fails_at, reason
)

select * from fates
