-- one row per delivered order: the fact of its delivery, told of the order's touchpoint
with

described as (
    select * from {{ ref('int_order_touchpoints_described') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
),

delivered as (
    select
        touchpoints.account_id,
        touchpoints.person_id,
        touchpoints.source_system,
        'order_delivered' as fact,
        described.is_purchase as variant,
        touchpoints.value,
        greatest(described.delivered_at, touchpoints.occurred_at) as occurred_at,
        'touchpoint' as evidence_type,
        touchpoints.touchpoint_id as evidence_id
    from described
    inner join touchpoints
        on described.touchpoint_id = touchpoints.touchpoint_id
    where described.delivered_at is not null and not touchpoints.is_bot
)

select * from delivered
