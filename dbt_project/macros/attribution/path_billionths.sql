{# what models with a half-life, with weights or by channels give to each touchpoint of a path. `modelled`: path_key,
   look_key, the model's row and path_sketches; `paths`: path_positions.
   Returns a query: path_key, position_in_path, credit_billionths. #}
{% macro path_billionths(modelled, paths) -%}
with

channels as (
    {{ path_channels(modelled, paths) }}
),

placed as (
    select
        modelled.*,
        paths.position_in_path,
        paths.occurred_at,
        paths.weight,
        channels.channel_touches,
        channels.channel_count
    from {{ modelled }} as modelled
    inner join {{ paths }} as paths
        on modelled.look_key = paths.look_key
    left join channels
        on paths.look_key = channels.look_key
        and coalesce(paths.channel, '') = channels.channel_name
),

shared as (
    {{ credit_shares('placed', ['path_key']) }}
),

weighed as (
    {{ weighed_shares('shared', ['path_key']) }}
)

{{ billionths_of('weighed', ['path_key']) }}
{%- endmacro %}
