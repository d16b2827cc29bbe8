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
    where grain = 'own'
),

shaped as (
    select
        {{ candidate_columns('leads', {
            'identifier_id': first_identifier('leads', ['lead_id']),
            'content': 'coalesce(leads.landing_page, leads.lead_source)',
            'channel': 'channels.channel',
            'channel_rule_id': 'channels.channel_rule_id',
            'occurred_at': 'leads.created_at',
        }) }}
    from leads
    inner join types
        on {{ is_type_of('leads', 'leads') }}
    left join channels
        on leads.source_system = channels.source_system
        and leads.source_record_id = channels.source_record_id
)

select * from shaped
