-- one row per page and month: how often, how long and how far it was read; visits begun and ended
{%- set counts = ['views', 'sessions', 'entrances', 'exits', 'timed_views', 'scrolled_views'] %}
with

views as (
    select * from {{ ref('int_page_views_measured') }}
),

pages as (
    select * from {{ ref('int_pages_classified') }}
),

counted as (
    select
        page_path,
        month,
        count(*) as views,
        count(distinct session_id) as sessions,
        sum(case when is_entrance then 1 else 0 end) as entrances,
        sum(case when is_exit then 1 else 0 end) as exits,
        sum(case when is_entrance and is_exit then 1 else 0 end) as bounces,
        count(engaged_seconds) as timed_views,
        sum(engaged_seconds) as engaged_seconds,
        {{ percentile('engaged_seconds', 0.5) }} as median_seconds,
        count(scroll_percent) as scrolled_views,
        sum(scroll_percent) as scroll_sum
    from views
    group by page_path, month
),

rated as (
    select
        -- keys
        counted.page_path,
        -- text
        pages.content_type,
        pages.topic,
        pages.intended_stage,
        -- numbers
        {%- for count in counts %}
        cast(counted.{{ count }} as bigint) as {{ count }},
        {%- endfor %}
        cast(counted.engaged_seconds as decimal(18, 4)) as engaged_seconds,
        cast(round(counted.median_seconds, 4) as decimal(18, 4)) as median_seconds,
        {{ ratio('counted.scroll_sum', 'counted.scrolled_views', 'decimal(9, 4)') }}
            as mean_scroll_percent,
        {%- for rate, parts in {
            'bounce_rate': ('bounces', 'entrances'), 'exit_rate': ('exits', 'views'),
        }.items() %}
        cast(counted.{{ parts[0] }} as bigint) as {{ rate }}_numerator,
        cast(counted.{{ parts[1] }} as bigint) as {{ rate }}_denominator,
        {{ ratio('counted.' ~ parts[0], 'counted.' ~ parts[1]) }} as {{ rate }},
        {{ wilson_bound('counted.' ~ parts[0], 'counted.' ~ parts[1], -1) }} as {{ rate }}_low,
        {{ wilson_bound('counted.' ~ parts[0], 'counted.' ~ parts[1], 1) }} as {{ rate }}_high,
        {%- endfor %}
        -- dates
        counted.month
    from counted
    left join pages
        on counted.page_path = pages.page_path
)

select * from rated
