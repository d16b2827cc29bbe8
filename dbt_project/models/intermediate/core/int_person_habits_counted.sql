-- one row per known person with touchpoints: the channel and the device it uses most
with

persons as (
    select * from {{ ref('int_persons_survived') }}
    where is_known
),

touchpoints as (
    select
        touchpoints.person_id,
        touchpoints.channel,
        touchpoints.device,
        touchpoints.occurred_at
    from {{ ref('int_touchpoints_resolved') }} as touchpoints
    inner join persons
        on touchpoints.person_id = persons.person_id
    where touchpoints.counts_in_journey
),

counted as (
    select
        person_id,
        'channel' as habit,
        channel as value,
        count(*) as uses,
        max(occurred_at) as last_at
    from touchpoints
    where channel is not null
    group by person_id, channel
    union all
    select
        person_id,
        'device' as habit,
        device as value,
        count(*) as uses,
        max(occurred_at) as last_at
    from touchpoints
    where device is not null
    group by person_id, device
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
        person_id,
        max(case when habit = 'channel' then value end) as preferred_channel,
        max(case when habit = 'device' then value end) as preferred_device
    from ranked
    where preference = 1
    group by person_id
)

select * from preferred
