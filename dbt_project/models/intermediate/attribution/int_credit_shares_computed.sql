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
anchored as (
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
        -- halves with each half-life before the last touchpoint; in billionths: sums are exact
        case
            when half_life_days is null then 1000000000
            else cast(round(1000000000 * power(
                2,
                -1e0 * {{ seconds_between('occurred_at', 'last_touch_at') }}
                / (half_life_days * 86400)
            )) as bigint)
        end as decay
    from anchored
),

totalled as (
    select
        *,
        sum(anchors_held) over (partition by conversion_id, model_id) as anchors_present,
        sum(case when anchors_held = 0 then decay else 0 end) over (
            partition by conversion_id, model_id
        ) as others_decay
    from weighted
),

shared as (
    select
        *,
        case
            when anchors_held > 0 then
                cast(anchors_held as double) / cast(anchors_present as double)
                * case
                    when others_decay > 0 and others_weight > 0
                        then cast(anchors_promised as double)
                    else cast(anchors_promised + others_weight as double)
                end
            when others_weight > 0 then
                cast(decay as double) / cast(others_decay as double)
                * case
                    when anchors_present > 0 then cast(others_weight as double)
                    else cast(anchors_promised + others_weight as double)
                end
            else 0
        end / cast(anchors_promised + others_weight as double) as share
    from totalled
),

earned as (
    select
        conversion_id,
        model_id,
        touchpoint_id,
        channel,
        campaign_id,
        position_in_path,
        share
    from shared
    where share > 0
)

select * from earned
