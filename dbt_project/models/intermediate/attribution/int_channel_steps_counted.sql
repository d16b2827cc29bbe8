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

entities as (
    select
        conversion_type,
        min(entity) as entity
    from {{ ref('conversion_rules') }}
    where is_active
    group by conversion_type
),

applied as (
    {{ applied_models() }}
),

models as (
    {{ models_by_kind('windows') }}
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

led_somewhere as (
    {{ steps_to_conversions('models', 'windows', 'paths', 'conversions') }}
),

led_nowhere as (
    {{ steps_to_nowhere('terms', 'touchpoints', 'conversions') }}
),

counted as (
    select
        *,
        true as is_converted
    from led_somewhere
    union all
    select
        *,
        cast(null as decimal(18, 2)) as amount,
        false as is_converted
    from led_nowhere
)

select * from counted
