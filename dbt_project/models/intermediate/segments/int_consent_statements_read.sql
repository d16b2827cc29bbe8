-- one row per consent record with an address, as a statement about being contacted
with

consents as (
    select * from {{ ref('int_consents_unified') }}
),

statuses as (
    select distinct status from {{ ref('consent_statuses') }}
),

read as (
    select
        'consent' as evidence_type,
        consents.source_system || '|' || consents.source_record_id as evidence_id,
        {{ identifier_id("'email'", "''", 'consents.email') }} as identifier_id,
        consents.email,
        -- a status nobody explained is no consent and may be a refusal
        case when statuses.status is null then 'unrecognised' else consents.status end as status,
        lower(consents.reason) as detail,
        nullif(trim(consents.purpose), '') as purpose,
        nullif(trim(consents.channel), '') as channel,
        lower(nullif(trim(consents.brand), '')) as brand,
        consents.source,
        coalesce(nullif(consents.lawful_basis, ''), 'unstated') as lawful_basis,
        consents.changed_at as stated_at
    from consents
    left join statuses
        on consents.status = statuses.status
    where consents.email is not null
)

select * from read
