{# the touchpoints that a window shows: acts, and what attribution_weights says for models with rows of their own,
   the narrowest row first: campaign, channel, touchpoint type. Weight 0 takes a touchpoint out; an exposure comes in
   by a row that names its type. `windows`: conversion_id, window_opened_at, ignored_channels, weighted_as ('' for
   none); `touchpoints`: int_conversion_paths_built; `weights`: active rows. Returns a query: both, and the weight. #}
{% macro seen_touchpoints(windows, touchpoints, weights) -%}
{%- set path = ['conversion_id', 'window_opened_at', 'ignored_channels', 'weighted_as'] -%}
with

windowed as (
    select
        windows.*,
        touchpoints.touchpoint_id,
        touchpoints.touchpoint_type,
        touchpoints.channel,
        touchpoints.campaign_id,
        touchpoints.occurred_at,
        touchpoints.is_exposure
    from {{ windows }} as windows
    inner join {{ touchpoints }} as touchpoints
        on windows.conversion_id = touchpoints.conversion_id
        and windows.window_opened_at <= touchpoints.occurred_at
),

ranked as (
    select
        windowed.*,
        coalesce(weights.weight, case when windowed.is_exposure then 0 else 1 end) as weight,
        row_number() over (
            partition by {{ path | join(', ') }}, windowed.touchpoint_id
            order by
                weights.campaign_id nulls last,
                weights.channel nulls last,
                weights.touchpoint_type nulls last,
                weights.rule_id nulls last
        ) as preference
    from windowed
    left join {{ weights }} as weights
        on windowed.weighted_as = weights.model_id
        and (weights.campaign_id is null or windowed.campaign_id = weights.campaign_id)
        and (weights.channel is null or windowed.channel = weights.channel)
        and (
            windowed.touchpoint_type = weights.touchpoint_type
            or (weights.touchpoint_type is null and not windowed.is_exposure)
        )
    where windowed.weighted_as <> ''
)

select
    *,
    cast(1 as decimal(18, 6)) as weight
from windowed
where weighted_as = '' and not is_exposure
union all
select {{ path | join(', ') }},
    touchpoint_id,
    touchpoint_type,
    channel,
    campaign_id,
    occurred_at,
    is_exposure,
    cast(weight as decimal(18, 6)) as weight
from ranked
where preference = 1 and weight > 0
{%- endmacro %}
