-- one row per web event that names a person: its strongest identifier, unblocked before blocked
-- depends_on: {{ ref('int_visitor_identifiers_listed') }}, which leads from identifiers to visitors
with

web_events as (
    select * from {{ touched(ref('int_web_events_unified')) }}
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

identifier_types as (
    select * from {{ ref('identifier_types') }}
),

sightings as (
    select
        source_system,
        source_record_id,
        coalesce(device_key, source_record_id) as visitor_key,
        'user_id' as identifier_type,
        {{ identifier_id("'user_id'", 'source_system', 'user_id') }} as identifier_id
    from web_events
    where user_id is not null
    union all
    select
        source_system,
        source_record_id,
        coalesce(device_key, source_record_id) as visitor_key,
        'email' as identifier_type,
        {{ identifier_id("'email'", "''", 'email') }} as identifier_id
    from web_events
    where email is not null
    union all
    select
        source_system,
        source_record_id,
        coalesce(device_key, source_record_id) as visitor_key,
        'email_sha256' as identifier_type,
        {{ identifier_id("'email_sha256'", "''", 'email_sha256') }} as identifier_id
    from web_events
    where email_sha256 is not null
),

ranked as (
    select
        sightings.source_system,
        sightings.source_record_id,
        sightings.visitor_key,
        sightings.identifier_id,
        identifier_types.strength,
        coalesce(identifiers.is_blocked, true) as is_blocked,
        row_number() over (
            partition by sightings.source_system, sightings.source_record_id
            order by coalesce(identifiers.is_blocked, true), identifier_types.strength
        ) as preference
    from sightings
    inner join identifier_types
        on sightings.identifier_type = identifier_types.identifier_type
    left join identifiers
        on sightings.identifier_id = identifiers.identifier_id
),

identified as (
    select
        source_system,
        source_record_id,
        visitor_key,
        identifier_id,
        strength,
        is_blocked
    from ranked
    where preference = 1
)

select * from identified
