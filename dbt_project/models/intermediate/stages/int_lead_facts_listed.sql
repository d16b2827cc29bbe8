-- one row per lead that sales took over: the fact of its conversion
with

leads as (
    select * from {{ ref('int_leads_unified') }}
),

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

memberships as (
    select * from {{ ref('int_persons_linked_to_accounts') }}
),

converted as (
    select
        *,
        {{ identifier_id("'lead_id'", 'source_system', 'lead_id') }} as identifier_id,
        {{ account_key('source_system', 'converted_account_id') }} as converted_account_key
    from leads
    where converted_at is not null and not is_deleted
),

resolved as (
    select
        coalesce(
            case
                when converted.converted_account_id is not null then converted.converted_account_key
            end,
            memberships.account_id
        ) as account_id,
        clusters.person_id,
        converted.source_system,
        'lead_converted' as fact,
        converted.status as variant,
        cast(null as decimal(18, 2)) as value,
        converted.converted_at as occurred_at,
        'lead' as evidence_type,
        converted.lead_id as evidence_id
    from converted
    left join clusters
        on converted.identifier_id = clusters.identifier_id
    left join memberships
        on clusters.person_id = memberships.person_id
        and memberships.is_chosen
        and converted.converted_at >= memberships.valid_from
        and converted.converted_at < coalesce(memberships.valid_to, {{ far_future() }})
)

select * from resolved
