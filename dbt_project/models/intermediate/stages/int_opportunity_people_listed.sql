-- one row per deal and person with a part in it: a role, or the lead the deal came from
with

roles as (
    select * from {{ ref('int_opportunity_contacts_unified') }}
),

leads as (
    select * from {{ ref('int_leads_unified') }}
    where converted_opportunity_id is not null and not is_deleted
),

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

parts as (
    select
        source_system,
        opportunity_id,
        {{ identifier_id("'contact_id'", 'source_system', 'contact_id') }} as identifier_id
    from roles
    union
    select
        source_system,
        converted_opportunity_id as opportunity_id,
        {{ identifier_id("'lead_id'", 'source_system', 'lead_id') }} as identifier_id
    from leads
),

listed as (
    select distinct
        parts.source_system,
        parts.opportunity_id,
        clusters.person_id
    from parts
    inner join clusters
        on parts.identifier_id = clusters.identifier_id
)

select * from listed
