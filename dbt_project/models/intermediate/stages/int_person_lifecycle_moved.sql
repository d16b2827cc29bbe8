-- one row per state a person came into: it only rises, except where a rule takes a person back
with

moments as (
    select * from {{ touched(ref('int_lifecycle_moments_ranked')) }}
),

climbed as (
    select
        *,
        max(case when not is_recycle then lifecycle_rank end) over (
            partition by person_id
            order by turn
            rows between unbounded preceding and 1 preceding
        ) as highest_rank
    from moments
),

allowed as (
    select
        *,
        sum(case when is_recycle then 1 else 0 end) over (
            partition by person_id
            order by turn
            rows between unbounded preceding and current row
        ) as round
    from climbed
    where not is_recycle or barrier_rank is null or coalesce(highest_rank < barrier_rank, true)
),

rising as (
    select
        *,
        max(lifecycle_rank) over (
            partition by person_id, round
            order by turn
            rows between unbounded preceding and 1 preceding
        ) as rank_before
    from allowed
),

-- of several states at one instant the last counts
settled as (
    select
        *,
        lead(occurred_at) over (partition by person_id order by turn) as next_at
    from rising
    where rank_before is null or lifecycle_rank > rank_before
),

compared as (
    select
        *,
        lag(lifecycle) over (partition by person_id order by turn) as previous_lifecycle
    from settled
    where next_at is null or next_at > occurred_at
),

moved as (
    select
        person_id,
        account_id,
        lifecycle,
        previous_lifecycle,
        lifecycle_rank,
        is_recycle,
        occurred_at as entered_at,
        lead(occurred_at) over (partition by person_id order by turn) as exited_at,
        rule_id,
        rule_version,
        evidence_type,
        evidence_id
    from compared
    where previous_lifecycle is null or lifecycle <> previous_lifecycle
)

select * from moved
