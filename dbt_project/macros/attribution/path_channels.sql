{# the channels of paths that a model divides by channel. `modelled`: look_key, method; `paths`: path_positions.
   Returns a query: look_key, channel_name, channel_touches (touchpoints of it on the path), channel_count (channels of
   the path). #}
{% macro path_channels(modelled, paths) -%}
with

looks as (
    select distinct look_key
    from {{ modelled }}
    where method = 'equal_channels'
),

counted as (
    select
        paths.look_key,
        coalesce(paths.channel, '') as channel_name,
        count(*) as channel_touches
    from {{ paths }} as paths
    inner join looks
        on paths.look_key = looks.look_key
    group by paths.look_key, coalesce(paths.channel, '')
),

totals as (
    select
        look_key,
        count(*) as channel_count
    from counted
    group by look_key
)

select
    counted.*,
    totals.channel_count
from counted
inner join totals
    on counted.look_key = totals.look_key
{%- endmacro %}
