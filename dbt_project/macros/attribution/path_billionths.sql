{# what models with a half-life, with weights or by channels give to each touchpoint of a path. `modelled`: path_key,
   look_key, the model's row and path_sketches; `paths`: path_positions; `conversions`: those of the owners, of which
   touchpoints may be on paths.
   Returns a query: path_key, position_in_path, credit_billionths. #}
{% macro path_billionths(modelled, paths, conversions) -%}
with

channels as (
    {{ path_channels(modelled, paths) }}
),

converted as (
    select
        modelled.path_key,
        paths.position_in_path,
        count(*) over (partition by modelled.path_key) as touches
    from {{ modelled }} as modelled
    inner join {{ paths }} as paths
        on modelled.look_key = paths.look_key
    inner join (select distinct touchpoint_id from {{ conversions }}) as conversions
        on paths.touchpoint_id = conversions.touchpoint_id
    where modelled.conversions_weight > 0
),

converted_paths as (
    select distinct
        path_key,
        touches
    from converted
),

placed as (
    select
        modelled.*,
        paths.position_in_path,
        paths.occurred_at,
        paths.weight,
        channels.channel_touches,
        channels.channel_count,
        converted.path_key is not null as is_conversion,
        coalesce(converted_paths.touches, 0) as conversion_touches
    from {{ modelled }} as modelled
    inner join {{ paths }} as paths
        on modelled.look_key = paths.look_key
    left join channels
        on paths.look_key = channels.look_key
        and coalesce(paths.channel, '') = channels.channel_name
    left join converted
        on modelled.path_key = converted.path_key
        and paths.position_in_path = converted.position_in_path
    left join converted_paths
        on modelled.path_key = converted_paths.path_key
),

shared as (
    {{ credit_shares('placed', ['path_key']) }}
),

weighed as (
    {{ weighed_shares('shared', ['path_key']) }}
)

{{ billionths_of('weighed', ['path_key']) }}
{%- endmacro %}
