-- one row per identifier, numbered by age: the smallest number of a person is its oldest identifier
with

sighted_identifiers as (
    select * from {{ ref('int_sighted_identifiers_listed') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by identifier_id
            order by first_seen_at nulls last, source_system, sighting_id
        ) as sighting_rank,
        max(last_seen_at) over (partition by identifier_id) as identifier_last_seen_at
    from sighted_identifiers
),

oldest_sightings as (
    select * from ranked
    where sighting_rank = 1
),

numbered as (
    select
        row_number() over (order by first_seen_at nulls last, identifier_id) as node,
        identifier_id,
        identifier_type,
        issuer,
        identifier_value,
        source_system,
        first_seen_at,
        identifier_last_seen_at as last_seen_at
    from oldest_sightings
)

select * from numbered
