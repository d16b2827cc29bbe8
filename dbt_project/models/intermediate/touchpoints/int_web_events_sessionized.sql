-- one row per web event: its visit and its place in it; silence beyond the gap starts a visit
with

web_events as (
    select * from {{ ref('int_web_events_unified') }}
),

user_agents as (
    select * from {{ ref('int_user_agents_judged') }}
),

ad_clicks as (
    select * from {{ ref('int_web_clicks_matched') }}
),

judged as (
    select
        web_events.source_system,
        web_events.source_record_id,
        web_events.device_key,
        web_events.occurred_at,
        user_agents.bot_rule_id,
        coalesce(user_agents.is_bot, false) as is_bot,
        case when user_agents.is_bot then 'bot|' else '' end || web_events.device_key as visitor,
        {{ landing_key() }} as landing_key
    from web_events
    left join user_agents
        on web_events.user_agent = user_agents.user_agent
    left join ad_clicks
        on web_events.source_system = ad_clicks.source_system
        and web_events.source_record_id = ad_clicks.source_record_id
),

preceded as (
    select
        *,
        lag(occurred_at) over (
            partition by source_system, visitor
            order by occurred_at, source_record_id
        ) as previous_at
    from judged
    where device_key is not null
),

starts_marked as (
    select
        *,
        case
            when occurred_at <= {{ add_minutes('previous_at', var('session_gap_minutes')) }} then 0
            else 1
        end as starts_session
    from preceded
),

numbered as (
    select
        *,
        sum(starts_session) over (
            partition by source_system, visitor
            order by occurred_at, source_record_id
            rows unbounded preceding
        ) as session_number
    from starts_marked
),

anchored as (
    select
        *,
        first_value(source_record_id) over (
            partition by source_system, visitor, session_number
            order by occurred_at, source_record_id
        ) as first_record_id,
        row_number() over (
            partition by source_system, visitor, session_number
            order by occurred_at, source_record_id
        ) as event_number
    from numbered
),

sessionized as (
    select
        source_system,
        source_record_id,
        {{ surrogate_key(['source_system', 'device_key', 'first_record_id']) }} as session_id,
        landing_key,
        event_number,
        is_bot,
        bot_rule_id
    from anchored
    union all
    select
        source_system,
        source_record_id,
        cast(null as varchar(32)) as session_id,
        landing_key,
        cast(null as bigint) as event_number,
        is_bot,
        bot_rule_id
    from judged
    where device_key is null
)

select * from sessionized
