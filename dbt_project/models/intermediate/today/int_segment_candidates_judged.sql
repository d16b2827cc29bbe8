-- one row per matched person and segment: how far they get, and why no further
with

matches as (
    select * from {{ ref('int_segment_rules_matched') }}
),

definitions as (
    select * from {{ ref('segment_definitions') }}
    where is_active
),

decided as (
    select * from {{ ref('int_send_eligibility_decided') }}
),

addresses as (
    select distinct
        person_id,
        address_type
    from {{ ref('int_person_addresses_listed') }}
),

purposes as (
    select * from {{ ref('contact_purposes') }}
    where is_active
),

candidates as (
    select
        definitions.destination,
        definitions.segment_id,
        matches.person_id,
        definitions.purpose,
        definitions.channel,
        definitions.priority,
        definitions.is_exclusive,
        matches.rule_id,
        decided.email,
        decided.reason,
        addresses.person_id is not null as has_address,
        coalesce(decided.is_eligible, false) as is_eligible
    from matches
    inner join definitions
        on matches.segment_id = definitions.segment_id
    left join purposes
        on definitions.purpose = purposes.purpose
        and definitions.channel = purposes.channel
    left join addresses
        on matches.person_id = addresses.person_id
        and purposes.address_type = addresses.address_type
    left join decided
        on matches.person_id = decided.person_id
        and definitions.purpose = decided.purpose
        and definitions.channel = decided.channel
),

ordered as (
    select
        *,
        row_number() over (
            partition by person_id, channel, is_exclusive, is_eligible
            order by priority, segment_id
        ) as place
    from candidates
),

judged as (
    select
        *,
        is_eligible and is_exclusive and place > 1 as is_outranked
    from ordered
)

select * from judged
