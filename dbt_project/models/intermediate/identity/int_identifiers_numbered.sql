-- one row per identifier, numbered by age: the smallest number of a person gives the person its id
with

types as (
    select * from {{ ref('identifier_types') }}
),

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
        max(last_seen_at) over (partition by identifier_id) as identifier_last_seen_at,
        max(misdated_rule_id) over (partition by identifier_id) as identifier_misdated_rule_id
    from sighted_identifiers
),

oldest_sightings as (
    select * from ranked
    where sighting_rank = 1
),

numbered as (
    select
        row_number() over (
            order by
                case when types.gives_id then 0 else 1 end,
                oldest_sightings.first_seen_at nulls last,
                oldest_sightings.identifier_id
        ) as node,
        oldest_sightings.identifier_id,
        oldest_sightings.identifier_type,
        oldest_sightings.issuer,
        oldest_sightings.identifier_value,
        oldest_sightings.source_system,
        oldest_sightings.first_seen_at,
        oldest_sightings.identifier_last_seen_at as last_seen_at,
        oldest_sightings.identifier_misdated_rule_id as misdated_rule_id
    from oldest_sightings
    left join types
        on oldest_sightings.identifier_type = types.identifier_type
)

select * from numbered
