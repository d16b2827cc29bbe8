-- one row per touchpoint: who did what where and when, its person and the account of that moment
with

touchpoints as (
    select * from {{ touched(ref('int_touchpoint_leaders_enriched')) }}
),

touchpoint_types as (
    select * from {{ ref('touchpoint_types') }}
    where is_active
),

-- a merged account stands for the one that took its place
keys as (
    select * from {{ ref('int_account_keys_survived') }}
),

-- an open end is a far one: `or valid_to is null` would turn the hash join into nested loops
memberships as (
    select
        person_id,
        account_id,
        valid_from,
        coalesce(valid_to, {{ far_future() }}) as valid_until
    from {{ ref('int_persons_linked_to_accounts') }}
    where is_chosen
),

resolved as (
    select
        -- keys
        touchpoints.touchpoint_id,
        touchpoints.person_id,
        coalesce(
            memberships.account_id,
            case
                when touchpoints.person_id is null
                    then coalesce(keys.account_id, touchpoints.stated_account_id)
            end
        ) as account_id,
        touchpoints.campaign_id,
        touchpoints.session_id,
        touchpoints.product_id,
        -- text
        touchpoints.source_system,
        touchpoints.type_id,
        touchpoint_types.touchpoint_type,
        touchpoint_types.action,
        touchpoints.goal,
        coalesce(touchpoints.purpose, touchpoint_types.purpose) as purpose,
        touchpoint_types.direction,
        touchpoint_types.kind,
        coalesce(touchpoints.channel, touchpoint_types.default_channel) as channel,
        touchpoints.content,
        touchpoints.content_type,
        touchpoints.category,
        touchpoints.sentiment,
        touchpoints.device,
        -- numbers
        touchpoints.quantity,
        touchpoints.duration_seconds,
        touchpoints.score,
        touchpoints.value,
        -- booleans
        touchpoints.is_bot,
        touchpoint_types.counts_in_journey and not touchpoints.is_bot as counts_in_journey,
        touchpoint_types.earns_credit and not touchpoints.is_bot as earns_credit,
        coalesce(touchpoints.is_engaged, false) and not touchpoints.is_bot as is_engaged,
        -- timestamps
        touchpoints.occurred_at,
        -- evidence
        coalesce(touchpoints.channel_rule_id, touchpoints.type_id) as channel_rule_id
    from touchpoints
    inner join touchpoint_types
        on touchpoints.type_id = touchpoint_types.type_id
    left join keys
        on touchpoints.stated_account_id = keys.account_key
    left join memberships
        on touchpoints.person_id = memberships.person_id
        and touchpoints.occurred_at >= memberships.valid_from
        and touchpoints.occurred_at < memberships.valid_until
)

select * from resolved
