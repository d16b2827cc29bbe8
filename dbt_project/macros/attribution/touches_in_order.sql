{# what every owner did, in order, with what they did before. `entities`: entity (account or person), who owns a touchpoint;
   `touchpoints`: int_touchpoints_resolved. Returns a query: entity, owner_id, channel, occurred_at, channel_before,
   touched_before, is_last, last_touch_at. #}
{% macro touches_in_order(entities, touchpoints) -%}
with

owned as (
    select
        entities.entity,
        case
            when entities.entity = 'person' then touchpoints.person_id
            else coalesce(touchpoints.account_id, touchpoints.person_id)
        end as owner_id,
        touchpoints.touchpoint_id,
        coalesce(touchpoints.channel, {{ no_channel() }}) as channel,
        touchpoints.occurred_at
    from {{ touchpoints }} as touchpoints
    cross join {{ entities }} as entities
    where {{ may_earn_credit('touchpoints') }}
)

select
    entity,
    owner_id,
    channel,
    occurred_at,
    lag(channel) over in_order as channel_before,
    lag(occurred_at) over in_order as touched_before,
    lead(occurred_at) over in_order is null as is_last,
    max(occurred_at) over (partition by entity, owner_id) as last_touch_at
from owned
where owner_id is not null
window in_order as (partition by entity, owner_id order by occurred_at, touchpoint_id)
{%- endmacro %}
