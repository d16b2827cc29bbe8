-- one row per measure of human web sessions, scope and month
with

sessions as (
    select
        *,
        {{ local_month('started_at') }} as month
    from {{ ref('int_sessions_channeled') }}
),

human_sessions as (
    select * from sessions
    where not is_bot
),

measures as (
    {{ list_measures(
        relation='human_sessions',
        month='month',
        scopes={'all': "'all'", 'channel': 'channel', 'device': 'device'},
        measures={
            'sessions': 'count(*)',
            'engaged_sessions': 'sum(case when is_engaged then 1 else 0 end)',
            'visitors': 'count(distinct coalesce(person_id, device_key))',
            'page_views': 'sum(page_views)',
            'engaged_seconds': 'sum(engaged_seconds)',
        },
    ) }}
)

select * from measures
