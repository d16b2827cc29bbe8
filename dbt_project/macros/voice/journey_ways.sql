{# CTEs: the way each journey took by each row of path_settings: repeats of a step in a row are one, the last so many
   steps count; the last is `travelled`. Expects the relations settings, journeys and touchpoints in scope. #}
{% macro journey_ways() -%}
asked as (
    select
        settings.*,
        journeys.journey_id,
        journeys.days,
        journeys.amount,
        journeys.closed_at is not null as is_closed,
        {{ list_has('settings.converted_outcomes', 'journeys.outcome') }} as is_converted
    from settings
    inner join journeys
        on settings.journey_type = journeys.journey_type
),

steps as (
    select
        asked.path_kind,
        asked.journey_id,
        asked.last_steps,
        touchpoints.occurred_at,
        touchpoints.touchpoint_id,
        case asked.step_type
            when 'channel' then coalesce(touchpoints.channel, {{ no_channel() }})
            else touchpoints.touchpoint_type
        end as step
    from asked
    inner join touchpoints
        on asked.journey_id = touchpoints.journey_id
        and {{ may_earn_credit('touchpoints') }}
),

compared as (
    select
        *,
        lag(step) over forwards as step_before
    from steps
    window forwards as (partition by path_kind, journey_id order by occurred_at, touchpoint_id)
),

visited as (
    select
        *,
        row_number() over backwards as steps_left
    from compared
    where step_before is null or step_before <> step
    window backwards as (
        partition by path_kind, journey_id order by occurred_at desc, touchpoint_id desc
    )
),

ways as (
    select
        path_kind,
        journey_id,
        {{ list_in_order('case when steps_left <= last_steps then step end', '-1 * steps_left') }}
            as steps,
        cast(least(count(*), max(last_steps)) as bigint) as step_count,
        case when count(*) > max(last_steps) then 1 else 0 end as is_longer
    from visited
    group by path_kind, journey_id
),

travelled as (
    select
        asked.*,
        coalesce(ways.steps, '[]') as steps,
        coalesce(ways.step_count, 0) as step_count,
        coalesce(ways.is_longer, 0) as is_longer
    from asked
    left join ways
        on asked.path_kind = ways.path_kind
        and asked.journey_id = ways.journey_id
)
{%- endmacro %}
