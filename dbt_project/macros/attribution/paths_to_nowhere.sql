{# what owners without any conversion of a type did: the touchpoints of the lookback before their last one.
   `terms`: model_id, method, conversion_type, entity, lookback_days; `touchpoints`: int_touchpoints_resolved;
   `conversions`: int_conversions_unioned. Returns a query: model_id, method, conversion_type, journey_id (the owner),
   touchpoint_id, channel, occurred_at. #}
{% macro paths_to_nowhere(terms, touchpoints, conversions) -%}
with

owned as (
    select
        terms.model_id,
        terms.method,
        terms.conversion_type,
        terms.lookback_days,
        case
            when terms.entity = 'person' then touchpoints.person_id
            else coalesce(touchpoints.account_id, touchpoints.person_id)
        end as journey_id,
        touchpoints.touchpoint_id,
        touchpoints.channel,
        touchpoints.occurred_at
    from {{ touchpoints }} as touchpoints
    cross join {{ terms }} as terms
    where {{ may_earn_credit('touchpoints') }}
),

converted as (
    select distinct
        conversion_type,
        path_owner_id
    from {{ conversions }}
),

open_ended as (
    select
        owned.*,
        max(owned.occurred_at) over (
            partition by owned.model_id, owned.conversion_type, owned.journey_id
        ) as last_touch_at
    from owned
    left join converted
        on owned.conversion_type = converted.conversion_type
        and owned.journey_id = converted.path_owner_id
    where owned.journey_id is not null and converted.path_owner_id is null
)

select
    model_id,
    method,
    conversion_type,
    journey_id,
    touchpoint_id,
    channel,
    occurred_at
from open_ended
where occurred_at >= {{ add_days('last_touch_at', '-1 * lookback_days') }}
{%- endmacro %}
