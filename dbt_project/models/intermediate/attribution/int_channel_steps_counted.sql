-- one row per model, conversion type, step from channel to channel and outcome of the journey
with

windows as (
    select * from {{ ref('int_conversion_windows_opened') }}
),

conversions as (
    select * from {{ ref('int_conversions_unioned') }}
),

paths as (
    select * from {{ ref('int_conversion_paths_built') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
),

applied as (
    {{ applied_models() }}
),

models as (
    {{ models_by_kind('windows') }}
),

entities as (
    select
        conversion_type,
        min(entity) as entity
    from {{ ref('conversion_rules') }}
    where is_active
    group by conversion_type
),

terms as (
    select
        applied.model_id,
        applied.method,
        applied.conversion_type,
        min(entities.entity) as entity,
        max(applied.lookback_days) as lookback_days
    from applied
    inner join entities
        on applied.conversion_type = entities.conversion_type
    where applied.method <> 'weights'
    group by applied.model_id, applied.method, applied.conversion_type
),

lost as (
    {{ paths_to_nowhere('terms', 'touchpoints', 'conversions') }}
),

touches as (
    select
        models.model_id,
        models.method,
        windows.conversion_type,
        windows.conversion_id as journey_id,
        paths.touchpoint_id,
        paths.channel,
        paths.occurred_at,
        conversions.amount,
        true as is_converted
    from windows
    inner join models
        on {{ same_columns('windows', 'models', ['conversion_type', 'motion', 'window_kind']) }}
        and models.method <> 'weights'
    inner join conversions
        on windows.conversion_id = conversions.conversion_id
    inner join paths
        on windows.conversion_id = paths.conversion_id
        and windows.window_opened_at <= paths.occurred_at
        and not paths.is_exposure
    union all
    select
        *,
        cast(null as decimal(18, 2)) as amount,
        false as is_converted
    from lost
),

counted as (
    {{ channel_steps('touches') }}
)

select * from counted
