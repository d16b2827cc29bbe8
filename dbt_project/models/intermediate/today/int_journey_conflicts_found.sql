-- one row per known person and conflict rule: something too recent that comes first
with

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where not is_bot
),

placed as (
    select * from {{ ref('int_persons_placed') }}
),

rules as (
    select * from {{ ref('conflict_rules') }}
    where is_active
),

found as (
    select
        placed.person_id,
        rules.reason,
        rules.rule_id,
        max(touchpoints.occurred_at) as occurred_at
    from touchpoints
    inner join rules
        on touchpoints.touchpoint_type = rules.touchpoint_type
    inner join placed
        on touchpoints.person_id = placed.person_id
    where
        touchpoints.occurred_at > {{ add_days(as_of(), '-1 * rules.window_days') }}
        and touchpoints.source_system = coalesce(rules.system, touchpoints.source_system)
        and coalesce(placed.motion = rules.motion, true)
    group by placed.person_id, rules.reason, rules.rule_id
)

select * from found
