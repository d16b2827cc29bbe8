{# the touchpoints that a look at a path shows: acts, and what attribution_weights says for models with rows of their
   own, the narrowest row first: campaign, channel, touchpoint type. Weight 0 takes a touchpoint out; an exposure comes
   in by a row that names its type. `looks`: look_key, conversion_id, window_opened_at, ignored_channels, weighted_as
   ('' for none); `touchpoints`: int_conversion_paths_built; `weights`: active rows.
   Returns a query: look_key, touchpoint_id, channel, campaign_id, occurred_at, weight, is_ignored (1 or 0). #}
{% macro seen_touchpoints(looks, touchpoints, weights) -%}
{%- set columns -%}
    look_key,
    touchpoint_id,
    channel,
    campaign_id,
    occurred_at
{%- endset -%}
with

looked_at as (
    select
        looks.look_key,
        looks.weighted_as,
        touchpoints.touchpoint_id,
        touchpoints.touchpoint_type,
        touchpoints.channel,
        touchpoints.campaign_id,
        touchpoints.occurred_at,
        touchpoints.is_exposure,
        case
            when looks.ignored_channels <> ''
                and {{ list_has('looks.ignored_channels', 'touchpoints.channel') }} then 1
            else 0
        end as is_ignored
    from {{ looks }} as looks
    inner join {{ touchpoints }} as touchpoints
        on looks.conversion_id = touchpoints.conversion_id
        and looks.window_opened_at <= touchpoints.occurred_at
),

ranked as (
    select
        looked_at.*,
        coalesce(weights.weight, case when looked_at.is_exposure then 0 else 1 end) as weight,
        row_number() over (
            partition by looked_at.look_key, looked_at.touchpoint_id
            order by
                weights.campaign_id nulls last,
                weights.channel nulls last,
                weights.touchpoint_type nulls last,
                weights.rule_id nulls last
        ) as preference
    from looked_at
    left join {{ weights }} as weights
        on looked_at.weighted_as = weights.model_id
        and (weights.campaign_id is null or looked_at.campaign_id = weights.campaign_id)
        and (weights.channel is null or looked_at.channel = weights.channel)
        and (
            looked_at.touchpoint_type = weights.touchpoint_type
            or (weights.touchpoint_type is null and not looked_at.is_exposure)
        )
    where looked_at.weighted_as <> ''
)

select
    {{ columns }},
    is_ignored,
    cast(1 as decimal(18, 6)) as weight
from looked_at
where weighted_as = '' and not is_exposure
union all
select
    {{ columns }},
    is_ignored,
    cast(weight as decimal(18, 6)) as weight
from ranked
where preference = 1 and weight > 0
{%- endmacro %}
