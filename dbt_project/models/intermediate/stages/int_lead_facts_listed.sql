-- one row per lead that sales took over: the fact of its conversion
with

leads as (
    select * from {{ ref('int_leads_unified') }}
),

converted as (
    select
        {{ identifier_id("'lead_id'", 'source_system', 'lead_id') }} as identifier_id,
        case
            when converted_account_id is not null
                then {{ account_key('source_system', 'converted_account_id') }}
        end as stated_account_id,
        source_system,
        'lead_converted' as fact,
        status as variant,
        cast(null as decimal(18, 2)) as value,
        converted_at as occurred_at,
        'lead' as evidence_type,
        lead_id as evidence_id
    from leads
    where converted_at is not null and not is_deleted
),

resolved as (
    {{ facts_of_people('converted') }}
)

select * from resolved
