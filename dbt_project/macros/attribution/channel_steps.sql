{# steps of journeys from channel to channel: repeats of a channel in a row are one visit to it. The first step comes
   from nowhere (null), the last leads to the end (null).
   `touches`: journey_id, touchpoint_id, channel, occurred_at, amount and the columns `of`, which name sets of journeys.
   Returns a query: the columns `of`, from_channel, to_channel, step_count, amount (of the journeys that end by the step). #}
{% macro channel_steps(touches, of) -%}
{%- set journey = (of + ['journey_id']) | join(', ') -%}
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
        {{ of | join(', ') }},
        channel_before as from_channel,
        channel_name as to_channel,
        cast(null as decimal(18, 2)) as amount
    from visits
    union all
    select
        {{ of | join(', ') }},
        channel_name as from_channel,
        cast(null as varchar(255)) as to_channel,
        amount
    from visits
    where visits_left = 1
)

select
    {{ of | join(', ') }},
    from_channel,
    to_channel,
    count(*) as step_count,
    cast(sum(amount) as decimal(18, 2)) as amount
from steps
group by {{ of | join(', ') }}, from_channel, to_channel
{%- endmacro %}
