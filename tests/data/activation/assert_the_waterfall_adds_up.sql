-- steps whose people, those who go on and those who drop out, are not those who reached the step before
-- do: look at the segment's steps in rpt_segment_waterfall; a person is counted in two steps or in
-- none
with

steps as (
    select
        segment_id,
        step_rank,
        sum(count) as arrived_or_dropped,
        sum(case when reason = 'reached' then count else 0 end) as reached
    from {{ ref('rpt_segment_waterfall') }}
    group by segment_id, step_rank
),

wrong as (
    select later.segment_id, later.step_rank
    from steps as later
    inner join steps as earlier
        on later.segment_id = earlier.segment_id
        and later.step_rank = earlier.step_rank + 1
    where later.arrived_or_dropped <> earlier.reached
),

uncounted as (
    select waterfall.segment_id, waterfall.step_rank
    from {{ ref('rpt_segment_waterfall') }} as waterfall
    left join (
        select segment_id, count(distinct person_id) as member_count
        from {{ ref('sync_segment_members') }}
        group by segment_id
    ) as members
        on waterfall.segment_id = members.segment_id
    where waterfall.step = 'exported'
        and waterfall.reason = 'reached'
        and waterfall.count <> coalesce(members.member_count, 0)
)

select * from wrong
union all
select * from uncounted
