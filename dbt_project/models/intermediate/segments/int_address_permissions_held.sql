-- one row per address, purpose and channel whose latest statement gives a basis for contact
with

statements as (
    select * from {{ ref('int_address_statements_unioned') }}
    where lawful_basis is not null and purpose is not null and channel is not null
),

purposes as (
    select * from {{ ref('contact_purposes') }}
    where is_active
),

statuses as (
    select * from {{ ref('consent_statuses') }}
),

-- who says nothing of a brand speaks of all
spoken as (
    select
        statements.email,
        statements.status,
        statements.lawful_basis,
        statements.evidence_id,
        statements.stated_at,
        purposes.purpose,
        purposes.channel
    from statements
    inner join purposes
        on statements.purpose = coalesce(purposes.consent_purpose, purposes.purpose)
        and statements.channel = purposes.channel
        and coalesce(statements.brand = lower(trim(purposes.brand)), true)
),

latest_moments as (
    select
        email,
        purpose,
        channel,
        max(stated_at) as stated_at
    from spoken
    group by email, purpose, channel
),

latest as (
    select
        latest_moments.email,
        latest_moments.purpose,
        latest_moments.channel,
        latest_moments.stated_at,
        min(statuses.basis) as basis,
        min(spoken.evidence_id) as evidence_id,
        -- statements of one moment that disagree, or one without basis, give none
        count(distinct statuses.basis) = 1 and count(statuses.basis) = count(*) as is_clear
    from latest_moments
    inner join spoken
        on latest_moments.email = spoken.email
        and latest_moments.purpose = spoken.purpose
        and latest_moments.channel = spoken.channel
        and latest_moments.stated_at = spoken.stated_at
    left join statuses
        on spoken.status = statuses.status
        and spoken.lawful_basis = statuses.lawful_basis
    group by
        latest_moments.email,
        latest_moments.purpose,
        latest_moments.channel,
        latest_moments.stated_at
),

held as (
    select
        email,
        purpose,
        channel,
        basis,
        stated_at,
        evidence_id
    from latest
    where is_clear
)

select * from held
