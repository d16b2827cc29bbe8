-- one row per combination of identifiers that stand together on records of one table of a CRM
with

contacts as (
    select * from {{ ref('int_contacts_unified') }}
),

leads as (
    select * from {{ ref('int_leads_unified') }}
),

roles as (
    select * from {{ ref('int_opportunity_contacts_unified') }}
),

deals as (
    select * from {{ ref('int_opportunities_unified') }}
),

phones as (
    select * from {{ source('lookups', 'phones') }}
),

clocks as (
    {{ earliest_moments() }}
),

dialled_contacts as (
    select
        contacts.*,
        phones.e164,
        contacts.created_at as known_from
    from contacts
    left join phones
        on contacts.phone = phones.phone
        and coalesce(contacts.country, '') = coalesce(phones.country_hint, '')
),

dialled_leads as (
    select
        leads.*,
        phones.e164,
        least(leads.created_at, coalesce(leads.converted_at, leads.created_at)) as known_from
    from leads
    left join phones
        on leads.phone = phones.phone
        and coalesce(leads.country, '') = coalesce(phones.country_hint, '')
),

-- a role has no moment of its own: before its deal is known, nobody knows it
dated_roles as (
    select roles.*
    from roles
    inner join deals
        on roles.source_system = deals.source_system
        and roles.opportunity_id = deals.opportunity_id
),

unioned as (
    {{ sightings_of(
        'dialled_contacts', 'contacts',
        {'contact_id': 'contact_id', 'email': 'email', 'phone': 'e164'},
        seen_at='coalesce(known_from, updated_at)'
    ) }}
    union all
    {{ sightings_of(
        'dialled_leads', 'leads',
        {
            'lead_id': 'lead_id', 'contact_id': 'converted_contact_id', 'email': 'email',
            'phone': 'e164',
        },
        seen_at='coalesce(known_from, updated_at)'
    ) }}
    union all
    {{ sightings_of(
        'dated_roles', 'opportunity_contacts', {'contact_id': 'contact_id'}, seen_at=none
    ) }}
    {%- for table, (identifier_types, seen_at) in sighted_tables('crm').items() %}
    union all
    {{ sightings_of(
        ref('int_' ~ table ~ '_unified'), table,
        dict(zip(identifier_types, identifier_types)), seen_at=seen_at
    ) }}
    {%- endfor %}
)

select * from unioned
