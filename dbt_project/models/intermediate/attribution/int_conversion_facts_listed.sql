-- one row per fact that a conversion rule may judge: what it is worth, how often it happened before
{%- set sources = ['touchpoints', 'signals', 'stages'] %}
with

orders_of_touchpoints as (
    select * from {{ ref('int_ordered_touchpoints_summed') }}
),

facts as (
    {%- for source in sources %}
    select
        fact_id,
        signal,
        touchpoint_id,
        source_system,
        account_id,
        person_id,
        evidence_type,
        evidence_id,
        {{ 'stage' if source == 'stages' else 'cast(null as varchar(255))' }} as stage,
        amount,
        occurred_at
    from {{ ref('int_conversion_facts_from_' ~ source) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

priced as (
    select
        facts.fact_id,
        facts.signal,
        facts.touchpoint_id,
        facts.source_system,
        facts.account_id,
        facts.person_id,
        facts.evidence_type,
        facts.evidence_id,
        facts.stage,
        {{ net_of_refund('facts.amount', 'orders_of_touchpoints.refunded_amount') }} as amount,
        facts.occurred_at
    from facts
    left join orders_of_touchpoints
        on facts.touchpoint_id = orders_of_touchpoints.touchpoint_id
),

numbered as (
    select
        *,
        row_number() over in_order as occurrence_number,
        {{ days_between('lag(occurred_at) over in_order', 'occurred_at') }} as days_since_previous
    from priced
    window in_order as (
        partition by signal, coalesce(account_id, person_id, fact_id)
        order by occurred_at, fact_id
    )
)

select * from numbered
