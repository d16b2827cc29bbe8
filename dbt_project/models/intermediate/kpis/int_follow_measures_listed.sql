-- one row per measure of follow_rules and month in which it started
with

starts as (
    select * from {{ ref('int_follow_starts_judged') }}
    where not is_open
),

counted as (
    select
        started_measure as measure_id,
        month,
        1 as counted
    from starts
    union all
    select
        followed_measure as measure_id,
        month,
        case when is_followed then 1 else 0 end as counted
    from starts
),

measures as (
    select
        measure_id,
        'all' as scope_type,
        'all' as scope_id,
        'month' as period_type,
        month as period_start,
        cast(sum(counted) as decimal(18, 4)) as value
    from counted
    group by measure_id, month
)

select * from measures
