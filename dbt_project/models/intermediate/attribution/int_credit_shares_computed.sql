-- one row per conversion, model and touchpoint of its path, with the exact share before rounding
with

models as (
    select * from {{ touched(ref('int_conversion_models_chosen')) }}
),

paths as (
    select * from {{ touched(ref('int_conversion_paths_built')) }}
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

shared as (
    {{ credit_shares('placed') }}
),

earned as (
    select * from shared
    where share > 0
)

select * from earned
