-- one row per person and step of the waterfall they reached: when, and how long until the next one
with

steps as (
    select
        *,
        lead(step) over (order by rank, step) as next_step,
        max(rank) over () as last_rank
    from {{ ref('waterfall_steps') }}
    where is_active
),

lifecycles as (
    select * from {{ ref('int_person_lifecycle_known') }}
),

placed as (
    select * from {{ ref('int_persons_placed') }}
),

parts as (
    {{ parts_in_deals() }}
),

moments as (
    select
        person_id,
        'lifecycle' as moment_kind,
        lifecycle as moment,
        entered_at as happened_at
    from lifecycles
    union all
    select
        person_id,
        'deal' as moment_kind,
        'created' as moment,
        created_at as happened_at
    from parts
),

entries as (
    select
        moments.person_id,
        steps.rank,
        min(moments.happened_at) as entered_at,
        row_number() over (
            partition by moments.person_id
            order by min(moments.happened_at), steps.rank
        ) as place
    from moments
    inner join placed
        on moments.person_id = placed.person_id
    inner join steps
        on moments.moment_kind = steps.moment_kind
        and moments.moment = steps.moment
        and (steps.motion is null or placed.motion = steps.motion)
    group by moments.person_id, steps.rank
),

reached as (
    {{ passed_steps('entries', 'steps') }}
),

followed as (
    select
        *,
        case when not is_skipped then reached_at end as recorded_at,
        lead(reached_at) over (partition by person_id order by step_rank) as next_at
    from reached
),

-- given up: sent back to marketing, or every deal of theirs was lost
watched as (
    select
        followed.person_id,
        followed.step,
        followed.next_step,
        followed.step_rank,
        parts.owner as deal_owner,
        {{ local_month('followed.started_at') }} as cohort_month,
        followed.is_start,
        followed.is_skipped,
        followed.next_at is not null as is_converted,
        followed.next_at is null
        and followed.next_step is not null
        and coalesce(parts.are_all_lost or lifecycles.is_recycle, false) as is_given_up,
        {{ days_between('followed.reached_at', as_of()) }} as observed_days,
        {{ days_between('followed.recorded_at', 'coalesce(followed.next_at, ' ~ as_of() ~ ')') }}
            as watched_days
    from followed
    left join parts
        on followed.person_id = parts.person_id
        and parts.part_number = 1
    left join lifecycles
        on followed.person_id = lifecycles.person_id
        and lifecycles.exited_at is null
)

select * from watched
