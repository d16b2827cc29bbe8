-- one row per status that a lead or contact was given, by what the status means
with

dated as (
    select * from {{ ref('int_lead_statuses_dated') }}
),

lead_statuses as (
    select * from {{ ref('lead_statuses') }}
    where is_active
),

changed as (
    select
        case
            when dated.lead_id is not null
                then {{ identifier_id("'lead_id'", 'dated.source_system', 'dated.lead_id') }}
            else {{ identifier_id("'contact_id'", 'dated.source_system', 'dated.contact_id') }}
        end as identifier_id,
        cast(null as varchar(32)) as stated_account_id,
        dated.source_system,
        'lead_status_changed' as fact,
        coalesce(lead_statuses.meaning, dated.status) as variant,
        cast(null as decimal(18, 2)) as value,
        dated.changed_at as occurred_at,
        dated.evidence_type,
        dated.evidence_id
    from dated
    left join lead_statuses
        on dated.status = lead_statuses.status
),

resolved as (
    {{ facts_of_people('changed') }}
)

select * from resolved
