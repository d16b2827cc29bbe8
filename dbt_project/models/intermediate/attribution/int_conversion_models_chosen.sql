-- one row per conversion and attribution model: its row, its window, the moments of its anchors
with

conversions as (
    select * from {{ touched(ref('int_conversions_unioned')) }}
),

applied as (
    {{ applied_models() }}
),

ranked as (
    select
        conversions.conversion_id,
        conversions.path_owner_id,
        conversions.evidence_type,
        conversions.evidence_id,
        conversions.occurred_at,
        applied.*,
        greatest(
            {{ add_days('conversions.occurred_at', '-1 * applied.lookback_days') }},
            case when applied.is_within_journey then conversions.journey_opened_at end
        ) as window_opened_at,
        row_number() over (
            partition by conversions.conversion_id, applied.model_id
            order by
                applied.motion nulls last,
                applied.lookback_model_id nulls last,
                applied.lookback_motion nulls last,
                applied.rule_id,
                applied.lookback_rule_id
        ) as preference
    from conversions
    inner join applied
        on conversions.conversion_type = applied.conversion_type
        and coalesce(applied.motion, conversions.motion, '') = coalesce(conversions.motion, '')
        and coalesce(applied.lookback_motion, conversions.motion, '')
        = coalesce(conversions.motion, '')
),

chosen as (
    select * from ranked
    where preference = 1
),

anchors as (
    {{ anchor_moments(chosen='chosen', conversions='conversions') }}
),

anchored as (
    select
        chosen.conversion_id,
        chosen.model_id,
        chosen.path_owner_id,
        chosen.rule_id,
        chosen.method,
        chosen.weighted_as,
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
