-- one row per kind of record: the first and last local date it speaks of
with

touchpoints as (
    select
        min({{ local_date('occurred_at') }}) as first_date,
        max({{ local_date('occurred_at') }}) as last_date
    from {{ ref('int_touchpoints_resolved') }}
),

opportunities as (
    select
        min({{ local_date('created_at') }}) as first_date,
        max({{ local_date('created_at') }}) as last_date
    from {{ ref('int_opportunities_unified') }}
),

ad_days as (
    select
        min(activity_date) as first_date,
        max(activity_date) as last_date
    from {{ ref('int_ad_days_unified') }}
),

spans as (
    select * from touchpoints
    union all
    select * from opportunities
    union all
    select * from ad_days
)

select * from spans
