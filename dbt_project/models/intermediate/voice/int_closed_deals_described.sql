-- one row per closed deal: how it ended, why and against whom as the CRM tells it, when
with

facts as (
    select * from {{ ref('int_opportunity_facts_listed') }}
    where fact in ('opportunity_won', 'opportunity_lost')
),

opportunities as (
    select * from {{ ref('int_opportunities_unified') }}
),

closed as (
    select
        replace(facts.fact, 'opportunity_', '') as outcome,
        coalesce(lower(trim(opportunities.lost_reason)), 'unknown') as reason,
        coalesce(trim(opportunities.competitor), 'none named') as competitor,
        cast(date_trunc('quarter', {{ local_date('facts.occurred_at') }}) as date) as quarter,
        facts.evidence_id as opportunity_id,
        facts.source_system,
        facts.value
    from facts
    inner join opportunities
        on facts.source_system = opportunities.source_system
        and facts.evidence_id = opportunities.opportunity_id
)

select * from closed
