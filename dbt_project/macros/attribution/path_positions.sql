{# the touchpoints that a window shows, in order: (occurred_at, touchpoint_id). An ignored channel counts only
   where the path has nothing else. `windows`: conversion_id, window_opened_at, ignored_channels ('' for none);
   `touchpoints`: int_conversion_paths_built. Returns a query: both, with position_in_path, path_length,
   last_touch_at, channel_touches (touchpoints of its channel on the path), channel_count (channels of it). #}
{% macro path_positions(windows, touchpoints) -%}
{%- set path = 'conversion_id, window_opened_at, ignored_channels' -%}
with

windowed as (
    select
        windows.*,
        touchpoints.touchpoint_id,
        touchpoints.channel,
        touchpoints.campaign_id,
        touchpoints.occurred_at,
        case
            when {{ list_has('windows.ignored_channels', 'touchpoints.channel') }} then 1 else 0
        end as is_ignored
    from {{ windows }} as windows
    inner join {{ touchpoints }} as touchpoints
        on windows.conversion_id = touchpoints.conversion_id
        and windows.window_opened_at <= touchpoints.occurred_at
),

compared as (
    select
        *,
        min(is_ignored) over (partition by {{ path }}) as is_ignored_alone
    from windowed
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
