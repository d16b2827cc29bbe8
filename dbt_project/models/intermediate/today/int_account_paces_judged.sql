-- one row per account on its ladder: its time in the stage against that of who moved up from it
with

stays as (
    select * from {{ ref('int_ladder_stays_numbered') }}
),

bands as (
    select * from {{ ref('experience_bands') }}
    where slice_type = 'stage_pace' and is_active
),

settings as (
    select * from {{ ref('statistics_settings') }}
    where setting_id = 'default'
),

{{ ladder_stays() }},

{{ pace_days() }},

judged as (
    select
        ladder_stays.account_id,
        {{ max_by('pace_days.band', 'pace_days.from_value') }} as stage_pace,
        max(pace_days.move_count) as stage_pace_n
    from ladder_stays
    cross join settings
    inner join pace_days
        on ladder_stays.motion = pace_days.motion
        and ladder_stays.stage = pace_days.stage
        and ladder_stays.stay_days >= pace_days.from_days
    where ladder_stays.exited_at is null and pace_days.move_count >= settings.thin_below
    group by ladder_stays.account_id
)

select * from judged
