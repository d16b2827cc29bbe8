{# steps from channel to channel on the paths of conversions under data-driven models. Models of one kind of window see
   the same path, which is walked once for all of them.
   `models`: see models_by_kind; `windows`: int_conversion_windows_opened; `paths`: int_conversion_paths_built;
   `conversions`: int_conversions_unioned. Returns a query: model_id, method, conversion_type, from_channel, to_channel,
   step_count, amount. #}
{% macro steps_to_conversions(models, windows, paths, conversions) -%}
{%- set kind = ['conversion_type', 'motion', 'window_kind'] %}
with

path_models as (
    select
        model_id,
        method,
        {{ kind | join(', ') }}
    from {{ models }}
    where method <> 'weights'
),

path_kinds as (
    select distinct {{ kind | join(', ') }}
    from path_models
),

touches as (
    select
        path_kinds.*,
        windows.conversion_id as journey_id,
        paths.touchpoint_id,
        paths.channel,
        paths.occurred_at,
        conversions.amount
    from {{ windows }} as windows
    inner join path_kinds
        on {{ same_columns('windows', 'path_kinds', kind) }}
    inner join {{ conversions }} as conversions
        on windows.conversion_id = conversions.conversion_id
    inner join {{ paths }} as paths
        on windows.conversion_id = paths.conversion_id
        and windows.window_opened_at <= paths.occurred_at
        and not paths.is_exposure
),

walked as (
    {{ channel_steps('touches', of=kind) }}
)

select
    path_models.model_id,
    path_models.method,
    path_models.conversion_type,
    walked.from_channel,
    walked.to_channel,
    cast(sum(walked.step_count) as bigint) as step_count,
    cast(sum(walked.amount) as decimal(18, 2)) as amount
from walked
inner join path_models
    on {{ same_columns('walked', 'path_models', kind) }}
group by
    path_models.model_id,
    path_models.method,
    path_models.conversion_type,
    walked.from_channel,
    walked.to_channel
{%- endmacro %}
