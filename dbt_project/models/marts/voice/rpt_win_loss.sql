-- one row per outcome, reason, competitor and quarter of closed deals: how many, worth what
{%- set keys = ['outcome', 'reason', 'competitor', 'quarter'] %}
with

facts as (
    select * from {{ ref('int_opportunity_facts_listed') }}
    where fact in ('opportunity_won', 'opportunity_lost')
),

opportunities as (
    select * from {{ ref('int_opportunities_unified') }}
),

settings as (
    select * from {{ ref('statistics_settings') }}
    where setting_id = 'default'
),

closed as (
    select
        replace(facts.fact, 'opportunity_', '') as outcome,
        coalesce(lower(trim(opportunities.lost_reason)), 'unknown') as reason,
        coalesce(trim(opportunities.competitor), 'none named') as competitor,
        cast(date_trunc('quarter', {{ local_date('facts.occurred_at') }}) as date) as quarter,
        opportunities.source_system,
        facts.value
    from facts
    inner join opportunities
        on facts.source_system = opportunities.source_system
        and facts.evidence_id = opportunities.opportunity_id
),

counted as (
    select
        {{ keys | join(',\n        ') }},
        {{ ordered_list('source_system') }} as sources,
        cast(count(*) as bigint) as n,
        cast(count(value) as bigint) as priced_count,
        cast(coalesce(sum(value), 0) as decimal(18, 2)) as amount
    from closed
    group by {{ keys | join(', ') }}
),

published as (
    select
        counted.*,
        counted.n < settings.thin_below as is_thin
    from counted
    cross join settings
)

select * from published
