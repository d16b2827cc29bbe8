-- one row per motion and rule that moves its accounts: from where, to where, its turn at an instant
with

ladder as (
    select * from {{ ref('int_stage_ladder_ranked') }}
),

rules as (
    select
        rule_id,
        rule_version,
        priority,
        motion,
        false as is_exit,
        requires_stage as from_stage,
        stage as to_stage,
        valid_from,
        valid_to
    from {{ ref('stage_rules') }}
    where is_active
    union all
    select
        rule_id,
        rule_version,
        priority,
        motion,
        true as is_exit,
        from_stage,
        to_stage,
        valid_from,
        valid_to
    from {{ ref('stage_movement_rules') }}
    where is_active
),

-- ways out come first, from the top of the ladder; then ways up, from its foot
steps as (
    select
        to_ladder.motion,
        rules.rule_id,
        rules.rule_version,
        rules.priority,
        rules.is_exit,
        rules.from_stage,
        rules.to_stage,
        to_ladder.position as to_position,
        coalesce(cast(rules.valid_from as timestamp), cast('0001-01-01' as timestamp))
            as valid_from,
        coalesce(cast(rules.valid_to as timestamp), {{ far_future() }}) as valid_until,
        case
            when rules.is_exit then -coalesce(from_ladder.position, 0)
            else to_ladder.position
        end as step_position
    from rules
    inner join ladder as to_ladder
        on rules.to_stage = to_ladder.stage
        and (rules.motion is null or rules.motion = to_ladder.motion)
    left join ladder as from_ladder
        on rules.from_stage = from_ladder.stage
        and to_ladder.motion = from_ladder.motion
),

ordered as (
    select
        *,
        row_number() over (
            partition by motion
            order by is_exit desc, step_position asc, priority asc nulls last, rule_id asc
        ) as step_order
    from steps
)

select * from ordered
