-- one row per web event: its visit and its place in it; silence or another log-in starts a visit
with

web_events as (
    select * from {{ touched(ref('int_web_events_unified')) }}
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
        coalesce(web_events.device_key, web_events.source_record_id) as visitor_key,
        web_events.user_id,
        {{ campaign_tags() }} as campaign_tags,
        web_events.occurred_at,
        user_agents.bot_rule_id,
        coalesce(user_agents.is_bot, false) as is_bot,
        case
            when web_events.device_key is null then 'event|' || web_events.source_record_id
            when user_agents.is_bot then 'bot|' || web_events.device_key
            else 'device|' || web_events.device_key
        end as visitor,
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
        lag(occurred_at) over in_order as previous_at,
        row_number() over in_order as place
    from judged
    window in_order as (
        partition by source_system, visitor
        order by occurred_at, source_record_id
    )
),

silences_marked as (
    select
        *,
        case
            when occurred_at <= {{ add_minutes('previous_at', var('session_gap_minutes')) }} then 0
            else 1
        end as follows_silence
    from preceded
),

told_before as (
    select
        *,
        {{ last_told('user_id') }} over before_it as previous_user_id,
        {{ last_told(moment_of('user_id')) }} over before_it as previous_user_at,
        {{ last_told('campaign_tags') }} over before_it as previous_tags,
        {{ last_told(moment_of('campaign_tags')) }} over before_it as previous_tags_at,
        max(case when follows_silence = 1 then occurred_at end) over until_it as silence_ended_at
    from silences_marked
    window
        before_it as (
            partition by source_system, visitor
            order by occurred_at, source_record_id
            rows between unbounded preceding and 1 preceding
        ),
        until_it as (
            partition by source_system, visitor
            order by occurred_at, source_record_id
            rows unbounded preceding
        )
),

starts_marked as (
    select
        *,
        case
            when follows_silence = 1 or {{ begins_another_visit() }} then 1
            else 0
        end as starts_session
    from told_before
),

anchored as (
    select
        *,
        {{ last_told('case when starts_session = 1 then source_record_id end') }} over until_it
            as first_record_id,
        place + 1 - max(case when starts_session = 1 then place end) over until_it
            as event_number
    from starts_marked
    window until_it as (
        partition by source_system, visitor
        order by occurred_at, source_record_id
        rows unbounded preceding
    )
),

sessionized as (
    select
        source_system,
        source_record_id,
        visitor_key,
        case
            when device_key is not null
                then {{ surrogate_key(['source_system', 'device_key', 'first_record_id']) }}
        end as session_id,
        landing_key,
        case when device_key is not null then event_number end as event_number,
        is_bot,
        bot_rule_id
    from anchored
)

select * from sessionized
