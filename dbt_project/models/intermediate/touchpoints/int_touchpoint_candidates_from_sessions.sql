-- one row per web session with events that are no touchpoint of their own: the visit as one
with

sessions as (
    select * from {{ ref('int_sessions_channeled') }}
    where anchor_record_id is not null
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where record_kind = 'sessions'
),

shaped as (
    select
        {{ surrogate_key(
            ['sessions.source_system', 'sessions.source_table', 'sessions.anchor_record_id']
        ) }} as candidate_id,
        sessions.source_system,
        sessions.source_table,
        sessions.anchor_record_id as source_record_id,
        types.type_id,
        sessions.identifier_id,
        cast(null as varchar(255)) as stated_account_id,
        sessions.campaign_id,
        sessions.session_id,
        cast(null as varchar(255)) as product_id,
        cast(null as varchar(255)) as transaction_id,
        sessions.content,
        sessions.content_type,
        sessions.category,
        sessions.device,
        sessions.channel,
        cast(null as varchar(255)) as purpose,
        sessions.engaged_seconds as duration_seconds,
        cast(null as decimal(18, 2)) as value,
        sessions.is_bot,
        sessions.is_engaged,
        sessions.started_at as occurred_at,
        sessions.channel_rule_id
    from sessions
    inner join types
        on sessions.source_system = types.source_system
)

select * from shaped
