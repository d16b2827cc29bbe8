{# steps from channel to channel of owners without any conversion of a type, in the lookback before their last touchpoint.
   An owner's touchpoints are put in order once for all types: a lookback only cuts off their beginning.
   `terms`: model_id, method, conversion_type, entity, lookback_days; `touchpoints`: int_touchpoints_resolved;
   `conversions`: int_conversions_unioned. Returns a query: model_id, method, conversion_type, from_channel, to_channel,
   step_count. #}
{% macro steps_to_nowhere(terms, touchpoints, conversions) -%}
with

spans as (
    select distinct
        conversion_type,
        entity,
        lookback_days
    from {{ terms }}
),

ordered as (
    {{ touches_in_order('(select distinct entity from spans)', touchpoints) }}
),

converted as (
    select distinct
        conversion_type,
        path_owner_id
    from {{ conversions }}
),

opened as (
    select
        ordered.*,
        spans.conversion_type,
        spans.lookback_days,
        {{ add_days('ordered.last_touch_at', '-1 * spans.lookback_days') }} as opened_at
    from ordered
    inner join spans
        on ordered.entity = spans.entity
    left join converted
        on spans.conversion_type = converted.conversion_type
        and ordered.owner_id = converted.path_owner_id
    where converted.path_owner_id is null
),

touches as (
    select
        conversion_type,
        lookback_days,
        case when touched_before >= opened_at then channel_before end as from_channel,
        channel as to_channel,
        is_last
    from opened
    where occurred_at >= opened_at
),

counted as (
    select
        *,
        count(*) as touch_count
    from touches
    group by conversion_type, lookback_days, from_channel, to_channel, is_last
),

steps as (
    select
        conversion_type,
        lookback_days,
        from_channel,
        to_channel,
        touch_count
    from counted
    where from_channel is null or from_channel <> to_channel
    union all
    select
        conversion_type,
        lookback_days,
        to_channel as from_channel,
        cast(null as varchar(255)) as to_channel,
        touch_count
    from counted
    where is_last
)

select
    terms.model_id,
    terms.method,
    terms.conversion_type,
    steps.from_channel,
    steps.to_channel,
    cast(sum(steps.touch_count) as bigint) as step_count
from steps
inner join {{ terms }} as terms
    on {{ same_columns('steps', 'terms', ['conversion_type', 'lookback_days']) }}
group by
    terms.model_id,
    terms.method,
    terms.conversion_type,
    steps.from_channel,
    steps.to_channel
{%- endmacro %}
