-- one row per known person with touchpoints: the channel, device and network it uses most
{%- set habits = ['channel', 'device', 'network'] %}
with

persons as (
    select * from {{ ref('int_persons_survived') }}
    where is_known
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where counts_in_journey
),

sessions as (
    select * from {{ ref('int_sessions_channeled') }}
),

source_names as (
    select * from {{ ref('int_source_names_categorised') }}
),

-- a network is told by the visits that come from it
acts as (
    select
        touchpoints.person_id,
        touchpoints.channel,
        touchpoints.device,
        source_names.network,
        touchpoints.occurred_at
    from touchpoints
    inner join persons
        on touchpoints.person_id = persons.person_id
    left join sessions
        on touchpoints.session_id = sessions.session_id
    left join source_names
        on sessions.source = source_names.name
),

counted as (
    {%- for habit in habits %}
    select
        person_id,
        '{{ habit }}' as habit,
        {{ habit }} as value,
        count(*) as uses,
        max(occurred_at) as last_at
    from acts
    where {{ habit }} is not null
    group by person_id, {{ habit }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

ranked as (
    select
        *,
        row_number() over (
            partition by person_id, habit
            order by uses desc, last_at desc, value asc
        ) as preference
    from counted
),

preferred as (
    select
        {%- for habit in habits %}
        max(case when habit = '{{ habit }}' then value end) as preferred_{{ habit }},
        {%- endfor %}
        person_id
    from ranked
    where preference = 1
    group by person_id
)

select * from preferred
