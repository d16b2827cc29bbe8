-- one row per combination of identifiers that stand together on records of one table of a CRM
with

clocks as (
    {{ earliest_moments() }}
),

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

-- a role has no moment of its own: before its deal is known, nobody knows it
opportunity_contacts as (
    select roles.*
    from {{ ref('int_opportunity_contacts_unified') }} as roles
    inner join {{ ref('int_opportunities_unified') }} as deals
        on roles.source_system = deals.source_system
        and roles.opportunity_id = deals.opportunity_id
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
        'opportunity_contacts', 'opportunity_contacts', {'contact_id': 'contact_id'}, seen_at=none
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
