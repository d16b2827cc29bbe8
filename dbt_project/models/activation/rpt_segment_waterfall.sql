-- one row per segment, step and reason: how many persons reach the step, or drop out before it
with

candidates as (
    select * from {{ ref('int_segment_candidates_judged') }}
),

definitions as (
    select * from {{ ref('segment_definitions') }}
    where is_active
),

members as (
    select * from {{ ref('sync_segment_members') }}
),

fated as (
    select
        candidates.segment_id,
        case
            when not candidates.has_address then 2
            when not candidates.is_eligible then 3
            when members.person_id is null then 4
            else 5
        end as fails_at,
        case
            when not candidates.has_address then 'no_address'
            when not candidates.is_eligible then coalesce(candidates.reason, 'no_decision')
            when candidates.is_outranked then 'outranked'
            when members.person_id is null then 'address_closed'
        end as reason
    from candidates
    left join members
        on candidates.destination = members.destination
        and candidates.segment_id = members.segment_id
        and candidates.person_id = members.person_id
),

fates as (
    select
        segment_id,
        fails_at,
        reason,
        count(*) as person_count
    from fated
    group by segment_id, fails_at, reason
),

steps as (
    select
        1 as step_rank,
        'matched' as step
    union all
    select
        2 as step_rank,
        'with_address' as step
    union all
    select
        3 as step_rank,
        'eligible' as step
    union all
    select
        4 as step_rank,
        'exported' as step
),

reached as (
    select
        definitions.segment_id,
        steps.step_rank,
        steps.step,
        cast(null as varchar(255)) as reason,
        coalesce(sum(fates.person_count), 0) as person_count
    from definitions
    cross join steps
    left join fates
        on definitions.segment_id = fates.segment_id
        and steps.step_rank < fates.fails_at
    group by definitions.segment_id, steps.step_rank, steps.step
),

dropped as (
    select
        fates.segment_id,
        steps.step_rank,
        steps.step,
        fates.reason,
        fates.person_count
    from fates
    inner join steps
        on fates.fails_at = steps.step_rank
),

waterfall as (
    select * from reached
    union all
    select * from dropped
),

labelled as (
    select
        definitions.destination,
        waterfall.segment_id,
        cast(waterfall.step_rank as bigint) as step_rank,
        waterfall.step,
        coalesce(waterfall.reason, 'reached') as reason,
        cast(waterfall.person_count as bigint) as count
    from waterfall
    inner join definitions
        on waterfall.segment_id = definitions.segment_id
)

select * from labelled
