-- one row per measure of human page views, scope and month
with

views as (
    select * from {{ ref('int_page_views_measured') }}
),

measures as (
    {{ list_measures(
        relation='views',
        month='month',
        scopes={'all': "'all'", 'content_type': 'content_type'},
        measures={
            'pages_viewed': 'count(*)',
            'pages_timed': 'count(engaged_seconds)',
            'page_seconds': 'sum(engaged_seconds)',
            'pages_scrolled': 'count(scroll_percent)',
            'page_scroll_sum': 'sum(scroll_percent)',
            'page_entrances': 'sum(case when is_entrance then 1 else 0 end)',
            'page_exits': 'sum(case when is_exit then 1 else 0 end)',
            'page_bounces': 'sum(case when is_entrance and is_exit then 1 else 0 end)',
        },
    ) }}
)

select * from measures
