-- one row per web session: the identifier of its visitor; one that names a person before the device
-- depends_on: {{ ref('int_visitor_identifiers_listed') }}, which leads from identifiers to visitors
with

sessionized as (
    select * from {{ touched(ref('int_web_events_sessionized')) }}
    where session_id is not null
),

web_events as (
    select * from {{ touched(ref('int_web_events_unified')) }}
),

identified as (
    select * from {{ touched(ref('int_web_events_identified')) }}
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

identifier_types as (
    select * from {{ ref('identifier_types') }}
),

devices as (
    select
        sessionized.session_id,
        sessionized.visitor_key as device_key,
        'anonymous_id' as identifier_type,
        {{ identifier_id(
            "'anonymous_id'", 'sessionized.source_system', 'web_events.anonymous_id'
        ) }} as identifier_id
    from sessionized
    inner join web_events
        on sessionized.source_system = web_events.source_system
        and sessionized.source_record_id = web_events.source_record_id
    where sessionized.event_number = 1 and web_events.anonymous_id is not null
),

candidates as (
    select
        sessionized.session_id,
        sessionized.visitor_key as device_key,
        identified.identifier_id,
        identified.strength,
        identified.is_blocked,
        sessionized.event_number
    from sessionized
    inner join identified
        on sessionized.source_system = identified.source_system
        and sessionized.source_record_id = identified.source_record_id
    union all
    select
        devices.session_id,
        devices.device_key,
        devices.identifier_id,
        identifier_types.strength,
        coalesce(identifiers.is_blocked, false) as is_blocked,
        cast(1 as bigint) as event_number
    from devices
    inner join identifier_types
        on devices.identifier_type = identifier_types.identifier_type
    left join identifiers
        on devices.identifier_id = identifiers.identifier_id
),

ranked as (
    select
        *,
        row_number() over (
            partition by session_id
            order by is_blocked, strength, event_number, identifier_id
        ) as preference
    from candidates
),

identified_sessions as (
    select
        ranked.session_id,
        ranked.device_key,
        ranked.identifier_id,
        identifiers.person_id
    from ranked
    left join identifiers
        on ranked.identifier_id = identifiers.identifier_id
    where ranked.preference = 1
)

select * from identified_sessions
