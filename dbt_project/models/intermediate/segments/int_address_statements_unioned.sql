-- one row per statement about being contacted, by the person or by a tool
with

consents as (
    select * from {{ ref('int_consent_statements_read') }}
),

refusing_events as (
    select distinct status as event_type
    from {{ ref('eligibility_rules') }}
    where evidence_type = 'email_event'
),

email_events as (
    select events.*
    from {{ ref('int_email_events_judged') }} as events
    inner join refusing_events
        on events.event_type = refusing_events.event_type
),

contacts as (
    select * from {{ ref('int_contacts_unified') }}
    where email_opt_out
),

quarantined_addresses as (
    select * from {{ source('raw_ops', 'quarantined_addresses') }}
),

unioned as (
    select * from consents
    union all
    select
        'email_event' as evidence_type,
        source_system || '|' || source_record_id as evidence_id,
        identifier_id,
        email,
        event_type as status,
        bounce_type as detail,
        lower(purpose) as purpose,
        null as channel,
        null as brand,
        null as source,
        null as lawful_basis,
        occurred_at as stated_at
    from email_events
    where email is not null
    union all
    select
        'contact' as evidence_type,
        source_system || '|' || source_record_id as evidence_id,
        {{ identifier_id("'contact_id'", 'source_system', 'contact_id') }} as identifier_id,
        email,
        'opted_out' as status,
        null as detail,
        null as purpose,
        null as channel,
        null as brand,
        null as source,
        null as lawful_basis,
        coalesce(updated_at, created_at) as stated_at
    from contacts
    union all
    select
        'quarantine' as evidence_type,
        system || '|' || table_name || '|' || batch_id || '|' || source_row as evidence_id,
        {{ identifier_id("'email'", "''", 'lower(trim(email))') }} as identifier_id,
        lower(trim(email)) as email,
        'quarantined' as status,
        null as detail,
        null as purpose,
        null as channel,
        null as brand,
        null as source,
        null as lawful_basis,
        null as stated_at
    from quarantined_addresses
)

select * from unioned
