-- one row per lead: the channel its stated source means, and the rule that chose it
with

leads as (
    select * from {{ ref('int_leads_unified') }}
),

stated as (
    select distinct
        {{ surrogate_key(['source_system', 'lower(lead_source)', 'lower(self_reported_source)']) }}
            as stated_key,
        source_system,
        lower(lead_source) as lead_source,
        lower(self_reported_source) as self_reported_source
    from leads
),

attributes as (
    {{ listed_attributes('stated', 'stated_key', texts=[
        ('source_system', 'source_system'),
        ('lead_source', 'lead_source'),
        ('self_reported_source', 'self_reported_source'),
    ]) }}
),

deciding_rules as (
    {{ first_matching_rule(ref('channel_rules'), 'attributes', scope='lead') }}
),

channeled as (
    select
        leads.source_system,
        leads.source_record_id,
        deciding_rules.result as channel,
        deciding_rules.rule_id as channel_rule_id
    from leads
    left join deciding_rules
        on {{ surrogate_key(
            ['leads.source_system', 'lower(leads.lead_source)', 'lower(leads.self_reported_source)']
        ) }} = deciding_rules.entity_id
)

select * from channeled
