{# CTEs: from how many days in a stage a stay belongs to a band of pace, last of them `pace_days`. A band begins on the day by
   which its share (percent) of those who move up at all are through: Kaplan and Meier's curve, so that who still waits counts,
   as a part of where it ends, as many never move. Expects the relations ladder_stays and bands in scope. #}
{% macro pace_days() -%}
curve as (
    {{ survival_curve('ladder_stays', ['motion', 'stage'], 'stay_days', 'is_advance') }}
),

ends as (
    select
        motion,
        stage,
        cast(sum(event_count) as bigint) as move_count,
        min(survival) as waiting_share
    from curve
    group by motion, stage
),

pace_days as (
    select
        curve.motion,
        curve.stage,
        bands.band,
        bands.from_value,
        ends.move_count,
        min(curve.days) as from_days
    from curve
    inner join ends
        on curve.motion = ends.motion
        and curve.stage = ends.stage
    inner join bands
        on 100 * (1 - curve.survival) >= bands.from_value * (1 - ends.waiting_share)
    group by curve.motion, curve.stage, bands.band, bands.from_value, ends.move_count
)
{%- endmacro %}
