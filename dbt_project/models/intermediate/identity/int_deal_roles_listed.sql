-- one row per person, deal and role in it: the account of the deal, where deal and person are known
with

opportunity_contacts as (
    select * from {{ ref('int_opportunity_contacts_unified') }}
),

opportunities as (
    select * from {{ ref('int_opportunities_unified') }}
    where not is_deleted and account_id is not null
),

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

listed as (
    select
        opportunity_contacts.source_system,
        opportunity_contacts.source_record_id,
        clusters.person_id,
        {{ account_key('opportunities.source_system', 'opportunities.account_id') }} as account_id,
        opportunity_contacts.opportunity_id,
        opportunity_contacts.role,
        coalesce(opportunity_contacts.is_primary, false) as is_primary,
        'opportunity_contacts ' || opportunity_contacts.source_record_id as evidence,
        opportunities.created_at as starts_at
    from opportunity_contacts
    inner join opportunities
        on opportunity_contacts.source_system = opportunities.source_system
        and opportunity_contacts.opportunity_id = opportunities.opportunity_id
    inner join clusters
        on clusters.identifier_id = {{ first_identifier('opportunity_contacts', ['contact_id']) }}
)

select * from listed
