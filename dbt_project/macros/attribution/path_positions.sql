{# the touchpoints of a window in order: (occurred_at, touchpoint_id). An ignored channel counts only where the path
   has nothing else. `seen`: seen_touchpoints. Returns a query: its columns, position_in_path, path_length,
   last_touch_at, channel_touches (touchpoints of its channel on the path), channel_count (channels of it).
   What is the same along a path is grouped and joined: a window would sort all touchpoints for each of them. #}
{% macro path_positions(seen) -%}
{%- set path = ['conversion_id', 'window_opened_at', 'ignored_channels', 'weighted_as'] -%}
with

channels as (
    select
        {{ path | join(', ') }},
        coalesce(channel, '') as channel_name,
        min(case when {{ list_has('ignored_channels', 'channel') }} then 1 else 0 end)
            as is_ignored,
        count(*) as channel_touches,
        max(occurred_at) as last_touch_at
    from {{ seen }}
    group by {{ path | join(', ') }}, coalesce(channel, '')
),

alone as (
    select
        {{ path | join(', ') }},
        min(is_ignored) as is_ignored_alone
    from channels
    group by {{ path | join(', ') }}
),

kept_channels as (
    select channels.*
    from channels
    inner join alone
        on {{ same_columns('channels', 'alone', path) }}
        and channels.is_ignored = alone.is_ignored_alone
),

totals as (
    select
        {{ path | join(', ') }},
        sum(channel_touches) as path_length,
        count(*) as channel_count,
        max(last_touch_at) as last_touch_at
    from kept_channels
    group by {{ path | join(', ') }}
),

positioned as (
    select
        seen.*,
        kept_channels.channel_touches,
        totals.path_length,
        totals.channel_count,
        totals.last_touch_at,
        row_number() over (
            partition by seen.{{ path | join(', seen.') }}
            order by seen.occurred_at, seen.touchpoint_id
        ) as position_in_path
    from {{ seen }} as seen
    inner join kept_channels
        on {{ same_columns('seen', 'kept_channels', path) }}
        and coalesce(seen.channel, '') = kept_channels.channel_name
    inner join totals
        on {{ same_columns('seen', 'totals', path) }}
)

select * from positioned
{%- endmacro %}
