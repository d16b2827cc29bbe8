{# steps of journeys from channel to channel: repeats of a channel in a row are one visit to it. The first step comes
   from nowhere (null), the last leads to the end (null), which is a conversion or nothing.
   `touches`: model_id, method, conversion_type, journey_id, touchpoint_id, channel, occurred_at, amount, is_converted.
   Returns a query: model_id, method, conversion_type, from_channel, to_channel, is_converted, step_count, amount (of the
   journeys that end by the step). #}
{% macro channel_steps(touches) -%}
{%- set journey = 'model_id, conversion_type, is_converted, journey_id' -%}
with

named as (
    select
        *,
        coalesce(channel, {{ no_channel() }}) as channel_name
    from {{ touches }}
),

compared as (
    select
        *,
        lag(channel_name) over (
            partition by {{ journey }} order by occurred_at, touchpoint_id
        ) as channel_before
    from named
),

visits as (
    select
        *,
        row_number() over (
            partition by {{ journey }} order by occurred_at desc, touchpoint_id desc
        ) as visits_left
    from compared
    where channel_before is null or channel_before <> channel_name
),

steps as (
    select
        model_id,
        method,
        conversion_type,
        channel_before as from_channel,
        channel_name as to_channel,
        is_converted,
        cast(null as decimal(18, 2)) as amount
    from visits
    union all
    select
        model_id,
        method,
        conversion_type,
        channel_name as from_channel,
        cast(null as varchar(255)) as to_channel,
        is_converted,
        amount
    from visits
    where visits_left = 1
)

select
    model_id,
    method,
    conversion_type,
    from_channel,
    to_channel,
    is_converted,
    count(*) as step_count,
    cast(sum(amount) as decimal(18, 2)) as amount
from steps
group by model_id, method, conversion_type, from_channel, to_channel, is_converted
{%- endmacro %}
