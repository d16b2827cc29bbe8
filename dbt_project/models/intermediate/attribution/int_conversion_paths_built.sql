-- one row per conversion and touchpoint that may earn credit for it under any model
with

conversions as (
    select * from {{ touched(ref('int_conversions_unioned')) }}
),

touchpoints as (
    select * from {{ touched(ref('int_touchpoints_resolved')) }}
),

lookbacks as (
    select * from {{ ref('attribution_lookbacks') }}
),

longest_lookbacks as (
    select
        conversion_type,
        max(lookback_days) as lookback_days
    from lookbacks
    where is_active
    group by conversion_type
),

creditable as (
    {{ creditable_touchpoints('touchpoints') }}
),

creditable_by_owner as (
    select
        account_id as owner_id,
        touchpoint_id,
        touchpoint_type,
        channel,
        campaign_id,
        occurred_at,
        is_exposure
    from creditable
    where account_id is not null
    union all
    select
        person_id as owner_id,
        touchpoint_id,
        touchpoint_type,
        channel,
        campaign_id,
        occurred_at,
        is_exposure
    from creditable
    where person_id is not null
),

paths as (
    select
        conversions.conversion_id,
        conversions.path_owner_id,
        creditable_by_owner.touchpoint_id,
        creditable_by_owner.touchpoint_type,
        creditable_by_owner.channel,
        creditable_by_owner.campaign_id,
        creditable_by_owner.occurred_at,
        creditable_by_owner.is_exposure
    from conversions
    inner join longest_lookbacks
        on conversions.conversion_type = longest_lookbacks.conversion_type
    inner join creditable_by_owner
        on conversions.path_owner_id = creditable_by_owner.owner_id
    where
        creditable_by_owner.occurred_at <= conversions.occurred_at
        and creditable_by_owner.occurred_at >= {{
            add_days('conversions.occurred_at', '-1 * longest_lookbacks.lookback_days')
        }}
        -- the record that is the conversion did not bring it about
        and creditable_by_owner.touchpoint_id <> coalesce(conversions.touchpoint_id, '')
)

select * from paths
