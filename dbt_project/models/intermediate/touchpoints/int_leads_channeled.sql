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
    {%- for attribute in ['source_system', 'lead_source', 'self_reported_source'] %}
    select
        stated_key as entity_id,
        '{{ attribute }}' as attribute,
        {{ attribute }} as value_text,
        cast(null as decimal(18, 4)) as value_number,
        cast(null as date) as value_date
    from stated
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

matched_rules as (
    {{ match_attribute_rules(ref('channel_rules'), 'attributes', scope='lead') }}
),

ranked_rules as (
    select
        *,
        row_number() over (partition by entity_id order by priority, rule_id) as preference
    from matched_rules
),

channeled as (
    select
        leads.source_system,
        leads.source_record_id,
        ranked_rules.result as channel,
        ranked_rules.rule_id as channel_rule_id
    from leads
    left join ranked_rules
        on {{ surrogate_key(
            ['leads.source_system', 'lower(leads.lead_source)', 'lower(leads.self_reported_source)']
        ) }} = ranked_rules.entity_id
        and ranked_rules.preference = 1
)

select * from channeled
