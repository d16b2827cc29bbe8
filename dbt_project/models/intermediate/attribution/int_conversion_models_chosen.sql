-- one row per conversion and attribution model: its row, its window, the moments of its anchors
with

conversions as (
    select * from {{ ref('int_conversions_unioned') }}
),

attribution_models as (
    select * from {{ ref('attribution_models') }}
),

ranked as (
    select
        conversions.conversion_id,
        conversions.path_owner_id,
        conversions.evidence_type,
        conversions.evidence_id,
        conversions.occurred_at,
        attribution_models.*,
        greatest(
            {{ add_days('conversions.occurred_at', '-1 * attribution_models.lookback_days') }},
            case when attribution_models.is_within_journey then conversions.journey_opened_at end
        ) as window_opened_at,
        row_number() over (
            partition by conversions.conversion_id, attribution_models.model_id
            order by attribution_models.motion nulls last, attribution_models.rule_id
        ) as preference
    from conversions
    inner join attribution_models
        on conversions.conversion_type = attribution_models.conversion_type
    where
        attribution_models.is_active
        and (
            attribution_models.motion is null
            or attribution_models.motion = conversions.motion
        )
),

chosen as (
    select * from ranked
    where preference = 1
),

wanted_anchors as (
    select
        *,
        anchor_type as wanted_type
    from chosen
    where anchor_type is not null
    union all
    select
        *,
        second_anchor_type as wanted_type
    from chosen
    where second_anchor_type is not null
),

moments_by_owner as (
    select
        account_id as owner_id,
        conversion_type,
        evidence_type,
        evidence_id,
        occurred_at
    from conversions
    where account_id is not null
    union all
    select
        person_id as owner_id,
        conversion_type,
        evidence_type,
        evidence_id,
        occurred_at
    from conversions
    where person_id is not null
),

-- the same deal's own moment first, else the earliest of the window
anchors as (
    select
        wanted_anchors.conversion_id,
        wanted_anchors.model_id,
        wanted_anchors.wanted_type,
        coalesce(
            min(
                case
                    when moments_by_owner.evidence_type = wanted_anchors.evidence_type
                        and moments_by_owner.evidence_id = wanted_anchors.evidence_id
                        then moments_by_owner.occurred_at
                end
            ),
            min(moments_by_owner.occurred_at)
        ) as anchored_at
    from wanted_anchors
    inner join moments_by_owner
        on wanted_anchors.path_owner_id = moments_by_owner.owner_id
        and wanted_anchors.wanted_type = moments_by_owner.conversion_type
    where
        moments_by_owner.occurred_at <= wanted_anchors.occurred_at
        and moments_by_owner.occurred_at >= wanted_anchors.window_opened_at
    group by
        wanted_anchors.conversion_id, wanted_anchors.model_id, wanted_anchors.wanted_type
),

anchored as (
    select
        chosen.conversion_id,
        chosen.model_id,
        chosen.rule_id,
        chosen.half_life_days,
        chosen.first_weight,
        chosen.last_weight,
        chosen.anchor_weight,
        chosen.second_anchor_weight,
        chosen.others_weight,
        chosen.ignored_channels,
        chosen.window_opened_at,
        anchors.anchored_at,
        second_anchors.anchored_at as second_anchored_at
    from chosen
    left join anchors
        on chosen.conversion_id = anchors.conversion_id
        and chosen.model_id = anchors.model_id
        and chosen.anchor_type = anchors.wanted_type
    left join anchors as second_anchors
        on chosen.conversion_id = second_anchors.conversion_id
        and chosen.model_id = second_anchors.model_id
        and chosen.second_anchor_type = second_anchors.wanted_type
)

select * from anchored
