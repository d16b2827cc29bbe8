-- one row per known person, purpose and channel: the address that may be used, and by which rule
with

placed as (
    select * from {{ ref('int_persons_placed') }}
),

purposes as (
    select * from {{ ref('contact_purposes') }}
    where is_active and keeps_out_of is null
),

addresses as (
    select * from {{ ref('int_person_addresses_listed') }}
),

permissions as (
    select * from {{ ref('int_address_permissions_held') }}
),

buyers as (
    select distinct person_id from {{ ref('int_person_purchases_listed') }}
),

rules as (
    select * from {{ ref('consent_rules') }}
    where is_active
),

asked as (
    select
        placed.person_id,
        placed.regime,
        purposes.purpose,
        purposes.channel,
        purposes.address_type,
        coalesce(purposes.is_message, true) as is_message,
        coalesce(purposes.consent_purpose, purposes.purpose) as consent_purpose,
        {{ after_quiet_hours(
            as_of(), 'placed.clock_minutes', 'purposes.quiet_from_hour', 'purposes.quiet_until_hour'
        ) }} as send_after,
        case when buyers.person_id is null then 'prospect' else 'buyer' end as relationship
    from placed
    cross join purposes
    left join buyers
        on placed.person_id = buyers.person_id
),

accepted as (
    select
        asked.person_id,
        asked.purpose,
        asked.channel,
        addresses.email,
        addresses.address_flag,
        addresses.is_preferred,
        addresses.last_seen_at,
        rules.rule_id,
        rules.accepted_basis,
        rules.rank,
        permissions.evidence_id
    from asked
    inner join addresses
        on asked.person_id = addresses.person_id
        and asked.address_type = addresses.address_type
    inner join rules
        on asked.regime = rules.regime
        and asked.channel = rules.channel
        and asked.consent_purpose = rules.purpose
        and asked.relationship = coalesce(rules.relationship, asked.relationship)
    left join permissions
        on addresses.email = permissions.email
        and asked.purpose = permissions.purpose
        and asked.channel = permissions.channel
    where not rules.needs_statement or permissions.basis = rules.accepted_basis
),

ranked as (
    select
        *,
        row_number() over (
            partition by person_id, purpose, channel
            order by
                case when address_flag is null then 0 else 1 end asc,
                case when is_preferred then 0 else 1 end asc,
                rank asc,
                last_seen_at desc nulls last,
                email asc,
                rule_id asc
        ) as preference
    from accepted
),

chosen as (
    select
        asked.person_id,
        asked.purpose,
        asked.channel,
        asked.relationship,
        asked.regime,
        asked.send_after,
        ranked.email,
        ranked.address_flag,
        ranked.rule_id as consent_rule_id,
        ranked.accepted_basis,
        ranked.evidence_id as consent_evidence_id,
        asked.is_message
    from asked
    left join ranked
        on asked.person_id = ranked.person_id
        and asked.purpose = ranked.purpose
        and asked.channel = ranked.channel
        and ranked.preference = 1
)

select * from chosen
