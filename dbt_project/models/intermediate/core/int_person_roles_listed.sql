-- one row per person, deal and role they have in it
with

roles as (
    select * from {{ ref('int_opportunity_contacts_unified') }}
    where role is not null
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

opportunities as (
    select * from {{ ref('int_opportunities_unified') }}
    where not is_deleted
),

listed as (
    select
        identifiers.person_id,
        roles.source_system,
        roles.opportunity_id,
        roles.role,
        max(case when roles.is_primary then 1 else 0 end) = 1 as is_primary,
        max(opportunities.created_at) as opportunity_created_at
    from roles
    inner join identifiers
        on identifiers.identifier_id = {{
            identifier_id("'contact_id'", 'roles.source_system', 'roles.contact_id')
        }}
    inner join opportunities
        on roles.source_system = opportunities.source_system
        and roles.opportunity_id = opportunities.opportunity_id
    group by identifiers.person_id, roles.source_system, roles.opportunity_id, roles.role
)

select * from listed
