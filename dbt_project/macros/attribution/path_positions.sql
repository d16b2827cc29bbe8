{# the touchpoints of a window in order: (occurred_at, touchpoint_id). An ignored channel counts only where the path
   has nothing else. `seen`: seen_touchpoints. Returns a query: its columns, position_in_path, path_length,
   last_touch_at, channel_touches (touchpoints of its channel on the path), channel_count (channels of it). #}
{% macro path_positions(seen) -%}
{%- set path = 'conversion_id, window_opened_at, ignored_channels, weighted_as' -%}
with

judged as (
    select
        *,
        case when {{ list_has('ignored_channels', 'channel') }} then 1 else 0 end as is_ignored
    from {{ seen }}
),

compared as (
    select
        *,
        min(is_ignored) over (partition by {{ path }}) as is_ignored_alone
    from judged
),

ordered as (
    select
        *,
        row_number() over (
            partition by {{ path }}
            order by occurred_at, touchpoint_id
        ) as position_in_path,
        row_number() over (
            partition by {{ path }}, channel
            order by occurred_at, touchpoint_id
        ) as position_in_channel
    from compared
    where is_ignored = is_ignored_alone
),

positioned as (
    select
        *,
        count(*) over (partition by {{ path }}) as path_length,
        max(occurred_at) over (partition by {{ path }}) as last_touch_at,
        sum(case when position_in_channel = 1 then 1 else 0 end) over (
            partition by {{ path }}
        ) as channel_count,
        count(*) over (partition by {{ path }}, channel) as channel_touches
    from ordered
)

select * from positioned
{%- endmacro %}
