-- one row per conversion and window that models look at it through, with the moments of its anchors
with

conversions as (
    select * from {{ touched(ref('int_conversions_unioned')) }}
),

models as (
    {{ models_by_kind('conversions') }}
),

kinds_of_windows as (
    select distinct
        conversion_type,
        motion,
        window_kind,
        lookback_days,
        is_within_journey,
        ignored_channels,
        weighted_as,
        anchor_type,
        second_anchor_type
    from models
),

opened as (
    select
        conversions.conversion_id,
        conversions.path_owner_id,
        conversions.evidence_type,
        conversions.evidence_id,
        conversions.occurred_at,
        kinds_of_windows.*,
        greatest(
            {{ add_days('conversions.occurred_at', '-1 * kinds_of_windows.lookback_days') }},
            case when kinds_of_windows.is_within_journey then conversions.journey_opened_at end
        ) as window_opened_at
    from conversions
    inner join kinds_of_windows
        on conversions.conversion_type = kinds_of_windows.conversion_type
        and coalesce(conversions.motion, '') = kinds_of_windows.motion
),

anchors as (
    {{ anchor_moments('opened', 'conversions') }}
),

anchored as (
    select
        opened.conversion_id,
        opened.path_owner_id,
        opened.conversion_type,
        opened.motion,
        opened.window_kind,
        opened.ignored_channels,
        opened.weighted_as,
        opened.window_opened_at,
        anchors.anchored_at,
        second_anchors.anchored_at as second_anchored_at
    from opened
    left join anchors
        on opened.conversion_id = anchors.conversion_id
        and opened.window_opened_at = anchors.window_opened_at
        and opened.anchor_type = anchors.wanted_type
    left join anchors as second_anchors
        on opened.conversion_id = second_anchors.conversion_id
        and opened.window_opened_at = second_anchors.window_opened_at
        and opened.second_anchor_type = second_anchors.wanted_type
)

select * from anchored
