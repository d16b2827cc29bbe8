-- one row per web session with events that are no touchpoint of their own: the visit as one
with

sessions as (
    select * from {{ touched(ref('int_sessions_channeled')) }}
    where anchor_record_id is not null
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where record_kind = 'sessions'
),

shaped as (
    select
        {{ candidate_columns('sessions', anchor='anchor_record_id', columns={
            'identifier_id': 'sessions.identifier_id',
            'campaign_id': 'sessions.campaign_id',
            'session_id': 'sessions.session_id',
            'click_id': 'sessions.click_id',
            'content': 'sessions.content',
            'content_type': 'sessions.content_type',
            'category': 'sessions.category',
            'device': 'sessions.device',
            'channel': 'sessions.channel',
            'duration_seconds': 'sessions.engaged_seconds',
            'is_engaged': 'sessions.is_engaged',
            'channel_rule_id': 'sessions.channel_rule_id',
            'is_bot': 'sessions.is_bot',
            'occurred_at': 'sessions.started_at',
        }) }}
    from sessions
    inner join types
        on sessions.source_system = types.source_system
)

select * from shaped
