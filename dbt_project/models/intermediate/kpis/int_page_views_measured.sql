-- one row per human page view of a visit: how long and how far it was read, and its place in it
with

web_events as (
    select * from {{ ref('int_web_events_judged') }}
),

views as (
    select * from web_events
    where is_page_view and not is_bot and session_id is not null and page_path is not null
),

visits as (
    select
        session_id,
        min(event_number) as first_number,
        max(event_number) as last_number
    from views
    group by session_id
),

measured as (
    select
        views.source_system,
        views.source_record_id,
        views.session_id,
        views.page_path,
        views.content_type,
        views.engaged_seconds,
        views.scroll_percent,
        views.event_number = visits.first_number as is_entrance,
        views.event_number = visits.last_number as is_exit,
        {{ local_month('views.occurred_at') }} as month
    from views
    inner join visits
        on views.session_id = visits.session_id
)

select * from measured
