-- one row per person: when they last did something of their own, and how long ago that is
with

placed as (
    select * from {{ ref('int_persons_placed') }}
),

acts as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where direction = 'inbound' and earns_credit and not is_bot
),

purchases as (
    select * from {{ ref('int_person_purchases_listed') }}
),

classes as (
    select * from {{ ref('recency_classes') }}
    where is_active and measure = 'act_days'
),

moments as (
    select
        person_id,
        occurred_at
    from acts
    where person_id is not null
    union all
    select
        person_id,
        ordered_at as occurred_at
    from purchases
),

last_acts as (
    select
        person_id,
        max(occurred_at) as last_act_at
    from moments
    group by person_id
),

aged as (
    select
        person_id,
        last_act_at,
        {{ days_between('last_act_at', as_of()) }} as days_since_act
    from last_acts
),

classed as (
    select
        placed.person_id,
        aged.last_act_at,
        aged.days_since_act,
        classes.recency_class,
        classes.rule_id as recency_rule_id
    from placed
    inner join aged
        on placed.person_id = aged.person_id
    left join classes
        on placed.motion = classes.motion
        and aged.days_since_act >= classes.from_value
        and aged.days_since_act < coalesce(classes.below_value, aged.days_since_act + 1)
)

select * from classed
