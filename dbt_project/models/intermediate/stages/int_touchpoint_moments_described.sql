-- one row per touchpoint of a human: the moment it is, with what signal rules may ask of it
{%- set detail_names = record_details().values() | map('list') | sum(start=[]) %}
with

touchpoints as (
    select * from {{ touched(ref('int_touchpoints_resolved')) }}
    where not is_bot
),

orders as (
    select * from {{ ref('int_order_touchpoints_described') }}
),

details as (
    select * from {{ ref('int_touchpoint_details_listed') }}
),

described as (
    select
        'touchpoint' as scope,
        touchpoints.account_id,
        touchpoints.person_id,
        touchpoints.source_system,
        touchpoints.touchpoint_type as own_signal,
        touchpoints.value,
        touchpoints.occurred_at,
        'touchpoint' as evidence_type,
        touchpoints.touchpoint_id as evidence_id,
        touchpoints.touchpoint_type,
        touchpoints.action,
        touchpoints.purpose,
        touchpoints.direction,
        touchpoints.kind,
        touchpoints.content_type,
        touchpoints.category,
        case when touchpoints.is_engaged then 'true' else 'false' end as is_engaged,
        case when touchpoints.counts_in_journey then 'true' else 'false' end as counts_in_journey,
        orders.is_purchase,
        {%- for name in detail_names %}
        details.{{ name }},
        {%- endfor %}
        case when orders.delivered_at is not null then 'known' end as delivery_date
    from touchpoints
    left join orders
        on touchpoints.touchpoint_id = orders.touchpoint_id
    left join details
        on touchpoints.touchpoint_id = details.touchpoint_id
)

select * from described
