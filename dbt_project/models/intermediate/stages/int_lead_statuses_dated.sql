-- one row per status that a lead or contact was given, and when
with

changes as (
    select * from {{ ref('int_lead_status_changes_unified') }}
    where status is not null and changed_at is not null
),

leads as (
    select * from {{ ref('int_leads_unified') }}
    where not is_deleted
),

-- a CRM that keeps no history still states where a lead stands
stated as (
    select
        leads.source_system,
        leads.lead_id,
        cast(null as varchar(255)) as contact_id,
        lower(trim(leads.status)) as status,
        coalesce(leads.updated_at, leads.converted_at, leads.created_at) as changed_at,
        'lead' as evidence_type,
        leads.lead_id as evidence_id
    from leads
    left join changes
        on leads.source_system = changes.source_system
        and leads.lead_id = changes.lead_id
    where changes.source_record_id is null
),

dated as (
    select
        source_system,
        lead_id,
        contact_id,
        status,
        changed_at,
        'lead_status_change' as evidence_type,
        source_record_id as evidence_id
    from changes
    union all
    select * from stated
    where status is not null and changed_at is not null
)

select * from dated
