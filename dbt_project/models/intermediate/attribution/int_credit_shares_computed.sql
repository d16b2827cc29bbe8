-- one row per conversion, model and touchpoint of its path, with the exact share before rounding
with

models as (
    select * from {{ ref('int_conversion_models_chosen') }}
),

paths as (
    select * from {{ ref('int_conversion_paths_built') }}
),

windowed as (
    select
        models.*,
        paths.touchpoint_id,
        paths.channel,
        paths.campaign_id,
        paths.occurred_at,
        coalesce({{ list_has('models.ignored_channels', 'paths.channel') }}, false) as is_ignored
    from models
    inner join paths
        on models.conversion_id = paths.conversion_id
        and models.window_opened_at <= paths.occurred_at
),

-- an ignored channel counts where the path has nothing else
compared as (
    select
        *,
        min(case when is_ignored then 1 else 0 end) over (
            partition by conversion_id, model_id
        ) as is_ignored_alone
    from windowed
),

positioned as (
    select
        *,
        row_number() over (
            partition by conversion_id, model_id
            order by occurred_at, touchpoint_id
        ) as position_in_path,
        count(*) over (partition by conversion_id, model_id) as path_length,
        max(occurred_at) over (partition by conversion_id, model_id) as last_touch_at
    from compared
    where not is_ignored or is_ignored_alone = 1
),

-- an anchor is the touchpoint nearest before its moment
placed as (
    select
        *,
        max(case when occurred_at <= anchored_at then position_in_path end) over (
            partition by conversion_id, model_id
        ) as anchor_position,
        max(case when occurred_at <= second_anchored_at then position_in_path end) over (
            partition by conversion_id, model_id
        ) as second_anchor_position
    from positioned
),

weighted as (
    select
        *,
        case when position_in_path = 1 then first_weight else 0 end
        + case when position_in_path = path_length then last_weight else 0 end
        + case when position_in_path = anchor_position then anchor_weight else 0 end
        + case when position_in_path = second_anchor_position then second_anchor_weight else 0 end
            as anchors_held,
        first_weight + last_weight + anchor_weight + second_anchor_weight as anchors_promised,
        {{ seconds_between('occurred_at', 'last_touch_at') }} as age_seconds,
        half_life_days * 86400 as half_life_seconds
    from placed
),

-- halves with each half-life before the last touchpoint; in billionths: sums are exact
decayed as (
    select
        *,
        coalesce(
            cast(round(1000000000 * power(2, -1e0 * age_seconds / half_life_seconds)) as bigint),
            1000000000
        ) as decay
    from weighted
),

totalled as (
    select
        *,
        sum(anchors_held) over (partition by conversion_id, model_id) as anchors_present,
        sum(case when anchors_held = 0 then decay else 0 end) over (
            partition by conversion_id, model_id
        ) as others_decay
    from decayed
),

-- anchors and others divide what was promised to them; where one side is missing the other has all
divided as (
    select
        *,
        cast(anchors_promised + others_weight as double) as promised,
        case
            when others_decay > 0 and others_weight > 0 then cast(anchors_promised as double)
            else cast(anchors_promised + others_weight as double)
        end as anchors_part,
        case
            when anchors_present > 0 then cast(others_weight as double)
            else cast(anchors_promised + others_weight as double)
        end as others_part
    from totalled
),

shared as (
    select
        conversion_id,
        model_id,
        touchpoint_id,
        channel,
        campaign_id,
        position_in_path,
        case
            when anchors_held > 0 then cast(anchors_held as double) / anchors_present * anchors_part
            when others_weight > 0 then cast(decay as double) / others_decay * others_part
            else 0
        end / promised as share
    from divided
),

earned as (
    select * from shared
    where share > 0
)

select * from earned
