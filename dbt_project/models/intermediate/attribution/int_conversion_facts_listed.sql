-- one row per fact that a conversion rule may judge, and how often it happened before
{%- set sources = ['touchpoints', 'signals', 'stages'] %}
with

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

numbered as (
    select
        *,
        row_number() over in_order as occurrence_number,
        {{ days_between('lag(occurred_at) over in_order', 'occurred_at') }} as days_since_previous
    from facts
    window in_order as (
        partition by signal, coalesce(account_id, person_id, fact_id)
        order by occurred_at, fact_id
    )
)

select * from numbered
