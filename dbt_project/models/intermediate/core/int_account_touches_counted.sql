-- one row per account with touchpoints: how many persons act, and from when to when
with

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where account_id is not null
        and counts_in_journey
),

counted as (
    select
        account_id,
        count(*) as touch_count,
        count(distinct case when earns_credit then person_id end) as engaged_person_count,
        min(occurred_at) as first_touch_at,
        max(occurred_at) as last_touch_at
    from touchpoints
    group by account_id
)

select * from counted
