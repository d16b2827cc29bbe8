-- one row per web session
with

sessions as (
    select * from {{ touched(ref('int_sessions_channeled')) }}
),

-- an open end is a far one: `or valid_to is null` would turn the hash join into nested loops
memberships as (
    select
        person_id,
        account_id,
        valid_from,
        coalesce(valid_to, {{ far_future() }}) as valid_until
    from {{ ref('int_persons_linked_to_accounts') }}
    where is_chosen
),

final as (
    select
        -- keys
        sessions.session_id,
        sessions.person_id,
        memberships.account_id,
        -- text
        sessions.source_system,
        sessions.channel,
        sessions.source,
        sessions.medium,
        sessions.campaign,
        sessions.campaign_id,
        sessions.click_id_type,
        sessions.landing_page,
        sessions.landing_path,
        sessions.referrer_host,
        sessions.content_type,
        sessions.device,
        sessions.country,
        -- numbers
        cast(sessions.page_views as bigint) as page_views,
        cast(sessions.event_count as bigint) as event_count,
        cast(sessions.engaged_seconds as bigint) as engaged_seconds,
        -- booleans
        sessions.is_engaged,
        sessions.is_bot,
        -- timestamps
        sessions.started_at,
        sessions.ended_at,
        -- evidence
        sessions.channel_rule_id,
        sessions.bot_rule_id
    from sessions
    left join memberships
        on sessions.person_id = memberships.person_id
        and sessions.started_at >= memberships.valid_from
        and sessions.started_at < memberships.valid_until
)

select * from final
