-- one row per web session: who, how engaged, through which channel, and the rules behind it
with

sessions as (
    select * from {{ touched(ref('int_sessions_measured')) }}
),

identified as (
    select * from {{ touched(ref('int_sessions_identified')) }}
),

landings as (
    select * from {{ ref('int_landings_channeled') }}
),

user_agents as (
    select * from {{ ref('int_user_agents_judged') }}
),

channeled as (
    select
        -- keys
        sessions.session_id,
        sessions.device_key,
        sessions.source_system,
        sessions.source_table,
        sessions.anchor_record_id,
        identified.identifier_id,
        identified.person_id,
        sessions.click_id,
        -- text
        landings.channel,
        landings.source,
        landings.medium,
        landings.campaign,
        landings.campaign_id,
        landings.click_id_type,
        sessions.landing_page,
        sessions.landing_path,
        landings.referrer_host,
        sessions.content,
        sessions.content_type,
        sessions.category,
        coalesce(sessions.device_type, user_agents.device_type) as device,
        sessions.country,
        -- numbers
        sessions.page_views,
        sessions.event_count,
        coalesce(
            sessions.engaged_seconds_sent,
            {{ seconds_between('sessions.started_at', 'sessions.ended_at') }}
        ) as engaged_seconds,
        -- booleans
        sessions.is_bot,
        sessions.key_events > 0
        or sessions.page_views >= {{ var('engaged_session_page_views') }}
        or coalesce(
            sessions.engaged_seconds_sent,
            {{ seconds_between('sessions.started_at', 'sessions.ended_at') }}
        ) > {{ var('engaged_session_seconds') }} as is_engaged,
        -- timestamps
        sessions.started_at,
        sessions.ended_at,
        -- evidence
        landings.channel_rule_id,
        sessions.bot_rule_id
    from sessions
    left join identified
        on sessions.session_id = identified.session_id
    left join landings
        on sessions.landing_key = landings.landing_key
    left join user_agents
        on sessions.user_agent = user_agents.user_agent
)

select * from channeled
