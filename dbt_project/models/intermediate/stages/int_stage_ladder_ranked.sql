-- one row per motion and stage that its accounts can be in, with its position in the ladder
with

stages as (
    select * from {{ ref('stage_definitions') }}
),

motions as (
    select distinct motion
    from {{ ref('int_accounts_survived') }}
    where motion is not null
),

stages_of_motions as (
    select
        motions.motion,
        stages.stage,
        stages.rank as stage_rank,
        stages.is_outside
    from stages
    inner join motions
        on stages.motion is null or stages.motion = motions.motion
    where stages.is_active
),

ranked as (
    select
        motion,
        stage,
        stage_rank,
        -- states outside the ladder lie below its first stage
        case
            when is_outside then 0
            else row_number() over (partition by motion, is_outside order by stage_rank, stage)
        end as position,
        is_outside
    from stages_of_motions
)

select * from ranked
