-- one row per address, purpose and channel whose latest statement gives a basis for contact
with

statements as (
    select * from {{ ref('int_address_statements_unioned') }}
    where lawful_basis is not null and purpose is not null and channel is not null
),

statuses as (
    select * from {{ ref('consent_statuses') }}
),

latest_moments as (
    select
        email,
        purpose,
        channel,
        max(stated_at) as stated_at
    from statements
    group by email, purpose, channel
),

latest as (
    select
        latest_moments.email,
        latest_moments.purpose,
        latest_moments.channel,
        latest_moments.stated_at,
        min(statuses.basis) as basis,
        min(statements.evidence_id) as evidence_id,
        -- statements of one moment that disagree, or one without basis, give none
        count(distinct statuses.basis) = 1 and count(statuses.basis) = count(*) as is_clear
    from latest_moments
    inner join statements
        on latest_moments.email = statements.email
        and latest_moments.purpose = statements.purpose
        and latest_moments.channel = statements.channel
        and latest_moments.stated_at = statements.stated_at
    left join statuses
        on statements.status = statuses.status
        and statements.lawful_basis = statuses.lawful_basis
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
