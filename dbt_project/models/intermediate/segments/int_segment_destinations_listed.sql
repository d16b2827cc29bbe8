-- one row per segment and destination it is told to, with what kind of destination that is
with

definitions as (
    select * from {{ ref('segment_definitions') }}
),

destinations as (
    select * from {{ ref('destinations') }}
),

entries as (
    select
        segment_id,
        {{ list_entries('destination') }} as destination
    from definitions
),

listed as (
    select distinct
        segment_id,
        trim(destination) as destination
    from entries
    where trim(destination) <> ''
),

described as (
    select
        listed.segment_id,
        listed.destination,
        coalesce(destinations.kind, 'file') as kind
    from listed
    left join destinations
        on listed.destination = destinations.destination
)

select * from described
