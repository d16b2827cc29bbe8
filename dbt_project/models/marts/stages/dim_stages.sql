-- one row per stage an account can be in
with

stages as (
    select * from {{ ref('stage_definitions') }}
),

active_stages as (
    select
        stage,
        motion,
        meaning,
        company_goal,
        customer_goal,
        rank,
        is_outside,
        rule_version
    from stages
    where is_active
)

select * from active_stages
