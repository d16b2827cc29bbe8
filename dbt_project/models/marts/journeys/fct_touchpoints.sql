-- one row per touchpoint
with

touchpoints as (
    select * from {{ touched(ref('int_touchpoints_resolved')) }}
),

places as (
    select * from {{ touched(ref('int_touchpoints_sequenced')) }}
),

costs as (
    select * from {{ touched(ref('int_touchpoint_costs_shared')) }}
),

placed as (
    select
        -- keys
        touchpoints.touchpoint_id,
        touchpoints.account_id,
        touchpoints.person_id,
        places.journey_id,
        touchpoints.campaign_id,
        touchpoints.session_id,
        touchpoints.product_id,
        -- text
        touchpoints.source_system,
        touchpoints.touchpoint_type,
        touchpoints.action,
        touchpoints.goal,
        touchpoints.purpose,
        touchpoints.channel,
        touchpoints.direction,
        touchpoints.kind,
        touchpoints.content,
        touchpoints.content_type,
        touchpoints.category,
        touchpoints.sentiment,
        touchpoints.device,
        places.stage_at_touch,
        -- numbers
        cast(touchpoints.quantity as bigint) as quantity,
        cast(touchpoints.duration_seconds as bigint) as duration_seconds,
        cast(touchpoints.score as decimal(9, 2)) as score,
        cast(touchpoints.value as decimal(18, 2)) as value,
        costs.cost_amount,
        cast(places.journey_position as bigint) as journey_position,
        places.days_since_previous,
        -- booleans
        touchpoints.is_bot,
        touchpoints.is_engaged,
        touchpoints.counts_in_journey,
        touchpoints.earns_credit,
        -- timestamps
        touchpoints.occurred_at,
        -- evidence
        touchpoints.channel_rule_id
    from touchpoints
    left join places
        on touchpoints.touchpoint_id = places.touchpoint_id
    left join costs
        on touchpoints.touchpoint_id = costs.touchpoint_id
)

select * from placed
