-- one row per known person, purpose, channel and refusal of any identifier or mailbox of theirs
with

placed as (
    select * from {{ ref('int_persons_placed') }}
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

refusals as (
    select * from {{ ref('int_address_refusals_judged') }}
    where not is_lifted
),

addresses as (
    select * from {{ ref('int_person_addresses_listed') }}
),

purposes as (
    select * from {{ ref('contact_purposes') }}
    where is_active
),

refused_persons as (
    select
        identifiers.person_id,
        refusals.*
    from refusals
    inner join identifiers
        on refusals.identifier_id = identifiers.identifier_id
    union
    select
        addresses.person_id,
        refusals.*
    from refusals
    inner join addresses
        on refusals.mailbox = addresses.mailbox
),

listed as (
    select distinct
        placed.person_id,
        purposes.purpose,
        purposes.channel,
        refused_persons.reason,
        refused_persons.rule_id,
        refused_persons.evidence_id,
        refused_persons.stated_at
    from refused_persons
    inner join placed
        on refused_persons.person_id = placed.person_id
    inner join purposes
        on {{ closes_purpose('refused_persons', 'purposes') }}
)

select * from listed
