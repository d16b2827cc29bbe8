-- one row per fact and attribute that a conversion rule may ask for, in long form
{%- set texts = [
    'signal', 'action', 'purpose', 'channel', 'content_type', 'category', 'order_status',
    'is_purchase', 'sales_channel', 'discount_code', 'opportunity_type', 'stage',
] %}
{%- set numbers = ['amount', 'refunded_amount', 'occurrence_number', 'days_since_previous'] %}
with

facts as (
    select * from {{ touched(ref('int_conversion_facts_listed')) }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
),

opportunities as (
    select * from {{ ref('int_opportunities_unified') }}
),

orders_of_touchpoints as (
    select * from {{ ref('int_ordered_touchpoints_summed') }}
),

described as (
    select
        facts.fact_id,
        facts.signal,
        touchpoints.action,
        touchpoints.purpose,
        touchpoints.channel,
        touchpoints.content_type,
        touchpoints.category,
        orders_of_touchpoints.order_status,
        orders_of_touchpoints.is_purchase,
        orders_of_touchpoints.sales_channel,
        orders_of_touchpoints.discount_code,
        opportunities.opportunity_type,
        facts.stage,
        facts.amount,
        facts.occurrence_number,
        facts.days_since_previous,
        orders_of_touchpoints.refunded_amount
    from facts
    left join touchpoints
        on facts.touchpoint_id = touchpoints.touchpoint_id
    left join orders_of_touchpoints
        on facts.touchpoint_id = orders_of_touchpoints.touchpoint_id
    left join opportunities
        on facts.source_system = opportunities.source_system
        and facts.evidence_id = opportunities.opportunity_id
        and facts.evidence_type = 'opportunity'
),

listed as (
    {%- for attribute in texts + numbers %}
    select
        fact_id as entity_id,
        '{{ attribute }}' as attribute,
        cast({{ attribute if attribute in texts else 'null' }} as varchar(255)) as value_text,
        cast({{ attribute if attribute in numbers else 'null' }} as decimal(18, 4)) as value_number,
        cast(null as date) as value_date
    from described
    where {{ attribute }} is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from listed
