-- one row per lead of a CRM: the moment it was created, with the channel its stated source means
with

leads as (
    select * from {{ ref('int_leads_unified') }}
    where created_at is not null
),

channels as (
    select * from {{ ref('int_leads_channeled') }}
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where record_kind = 'leads' and grain = 'own'
),

shaped as (
    select
        {{ surrogate_key(['leads.source_system', 'leads.source_table', 'leads.source_record_id']) }}
            as candidate_id,
        leads.source_system,
        leads.source_table,
        leads.source_record_id,
        types.type_id,
        {{ identifier_id("'lead_id'", 'leads.source_system', 'leads.lead_id') }} as identifier_id,
        cast(null as varchar(255)) as stated_account_id,
        cast(null as varchar(255)) as campaign_id,
        cast(null as varchar(32)) as session_id,
        cast(null as varchar(255)) as product_id,
        cast(null as varchar(255)) as transaction_id,
        coalesce(leads.landing_page, leads.lead_source) as content,
        cast(null as varchar(255)) as content_type,
        cast(null as varchar(255)) as category,
        cast(null as varchar(255)) as device,
        channels.channel,
        cast(null as varchar(255)) as purpose,
        cast(null as bigint) as duration_seconds,
        cast(null as decimal(18, 2)) as value,
        false as is_bot,
        cast(null as boolean) as is_engaged,
        leads.created_at as occurred_at,
        channels.channel_rule_id
    from leads
    inner join types
        on leads.source_system = types.source_system
    left join channels
        on leads.source_system = channels.source_system
        and leads.source_record_id = channels.source_record_id
)

select * from shaped
