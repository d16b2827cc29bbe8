-- one row per known person, purpose, channel and refusal that closes them, by any of the person's identifiers
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

purposes as (
    select * from {{ ref('contact_purposes') }}
    where is_active
),

listed as (
    select
        placed.person_id,
        purposes.purpose,
        purposes.channel,
        refusals.reason,
        refusals.rule_id,
        refusals.evidence_id,
        refusals.stated_at
    from refusals
    inner join identifiers
        on refusals.identifier_id = identifiers.identifier_id
    inner join placed
        on identifiers.person_id = placed.person_id
    inner join purposes
        on coalesce(refusals.closed_purpose, purposes.purpose) = purposes.purpose
        and coalesce(refusals.closed_channel, purposes.channel) = purposes.channel
)

select * from listed
