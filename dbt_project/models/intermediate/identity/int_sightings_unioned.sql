-- one row per combination of identifiers that stand together on records of one table
with

contacts as (
    select
        contacts.*,
        phones.e164,
        contacts.created_at as known_from
    from {{ ref('int_contacts_unified') }} as contacts
    left join {{ source('lookups', 'phones') }} as phones
        on contacts.phone = phones.phone
        and coalesce(contacts.country, '') = coalesce(phones.country_hint, '')
),

leads as (
    select
        leads.*,
        phones.e164,
        least(leads.created_at, coalesce(leads.converted_at, leads.created_at)) as known_from
    from {{ ref('int_leads_unified') }} as leads
    left join {{ source('lookups', 'phones') }} as phones
        on leads.phone = phones.phone
        and coalesce(leads.country, '') = coalesce(phones.country_hint, '')
),

web_events as (
    select
        web_events.*,
        {{ click_id_value('web_events') }} as click_id
    from {{ ref('int_web_events_unified') }} as web_events
),

unioned as (
    {{ sightings_of(
        'contacts', 'contacts',
        {'contact_id': 'contact_id', 'email': 'email', 'phone': 'e164'},
        seen_at='coalesce(known_from, updated_at)'
    ) }}
    union all
    {{ sightings_of(
        'leads', 'leads',
        {
            'lead_id': 'lead_id', 'contact_id': 'converted_contact_id', 'email': 'email',
            'phone': 'e164',
        },
        seen_at='coalesce(known_from, updated_at)'
    ) }}
    union all
    {{ sightings_of(
        'web_events', 'web_events',
        {
            'user_id': 'user_id', 'email': 'email', 'email_sha256': 'email_sha256',
            'anonymous_id': 'anonymous_id', 'click_id': 'click_id',
        },
        seen_at='occurred_at'
    ) }}
    union all
    {{ sightings_of(
        ref('int_mentions_unified'), 'mentions', {'email': 'author_email'}, seen_at='posted_at'
    ) }}
    union all
    {{ sightings_of(
        ref('int_referral_sides_listed'), 'referrals',
        {'contact_id': 'contact_id', 'email': 'email'},
        seen_at='occurred_at'
    ) }}
    {%- for table, (identifier_types, seen_at) in sighted_tables().items() %}
    union all
    {{ sightings_of(
        ref('int_' ~ table ~ '_unified'), table,
        dict(zip(identifier_types, identifier_types)), seen_at=seen_at
    ) }}
    {%- endfor %}
),

keyed as (
    select
        {{ surrogate_key(['source_table', 'source_system'] + identifier_columns().keys() | list) }}
            as sighting_id,
        *
    from unioned
)

select * from keyed
