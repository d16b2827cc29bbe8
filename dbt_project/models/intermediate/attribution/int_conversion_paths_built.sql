-- one row per conversion and touchpoint that may earn credit for it under a model, back to the longest lookback
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

-- exposures that a row of an active model lets in
admitted_types as (
    select distinct weights.touchpoint_type
    from {{ ref('attribution_weights') }} as weights
    inner join {{ ref('attribution_models') }} as models
        on weights.model_id = models.model_id
    where weights.is_active and models.is_active and weights.weight > 0
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
    select
        *,
        false as is_exposure
    from touchpoints
    where {{ may_earn_credit('touchpoints') }}
    union all
    select
        touchpoints.*,
        true as is_exposure
    from touchpoints
    inner join admitted_types
        on touchpoints.touchpoint_type = admitted_types.touchpoint_type
    where touchpoints.kind = 'exposure' and not touchpoints.is_bot
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
