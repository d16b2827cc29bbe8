{# the models that credit each kind of conversion, by the row and the lookback meant for its motion.
   `converted`: rows with conversion_type and motion (null or '' for none). Returns a query: columns of applied_models with both, ignored_channels
   and weighted_as '' for none, and window_kind: models of one kind see the same touchpoints and the same anchors. #}
{% macro models_by_kind(converted) -%}
with

kinds as (
    select distinct
        conversion_type,
        coalesce(motion, '') as motion
    from {{ converted }}
),

applied as (
    {{ applied_models() }}
),

ranked as (
    select
        kinds.conversion_type,
        kinds.motion,
        applied.model_id,
        applied.rule_id,
        applied.method,
        applied.half_life_days,
        applied.first_weight,
        applied.last_weight,
        applied.anchor_type,
        applied.anchor_weight,
        applied.second_anchor_type,
        applied.second_anchor_weight,
        coalesce(applied.conversions_weight, 0) as conversions_weight,
        applied.others_weight,
        coalesce(applied.ignored_channels, '') as ignored_channels,
        coalesce(applied.weighted_as, '') as weighted_as,
        applied.lookback_days,
        applied.is_within_journey,
        row_number() over (
            partition by kinds.conversion_type, kinds.motion, applied.model_id
            order by
                applied.motion nulls last,
                applied.lookback_model_id nulls last,
                applied.lookback_motion nulls last,
                applied.rule_id,
                applied.lookback_rule_id
        ) as preference
    from kinds
    inner join applied
        on kinds.conversion_type = applied.conversion_type
        and coalesce(applied.motion, kinds.motion) = kinds.motion
        and coalesce(applied.lookback_motion, kinds.motion) = kinds.motion
)

select
    *,
    concat(
        cast(lookback_days as varchar(40)), case when is_within_journey then ' j/' else ' d/' end,
        ignored_channels, '/', weighted_as,
        '/', coalesce(anchor_type, ''), '/', coalesce(second_anchor_type, '')
    ) as window_kind
from ranked
where preference = 1
{%- endmacro %}
