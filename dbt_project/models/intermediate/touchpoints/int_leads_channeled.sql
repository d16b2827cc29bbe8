-- one row per lead: the channel its stated source means, and the rule that chose it
with

leads as (
    select * from {{ ref('int_leads_unified') }}
),

channeled as (
    {{ channels_of('leads', scope='lead', texts=[
        ('lead_source', 'lower(lead_source)'),
        ('self_reported_source', 'lower(self_reported_source)'),
    ]) }}
)

select * from channeled
