-- one row per known person and moment that a segment may wait for: when it last came
{%- set known = {
    'stage_entered': ('placed', 'stage_entered_at'),
    'order_placed': ('purchases', 'last_ordered_at'),
    'order_delivered': ('purchases', 'last_delivered_at'),
} %}
with

placed as (
    select * from {{ ref('int_persons_placed') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where person_id is not null and not is_bot
),

rules as (
    select * from {{ ref('moment_rules') }}
    where is_active
),

permissions as (
    select * from {{ ref('int_address_permissions_held') }}
),

statuses as (
    select distinct basis from {{ ref('consent_statuses') }}
    where lifts_refusal
),

addresses as (
    select * from {{ ref('int_person_addresses_listed') }}
),

purchases as (
    select * from {{ ref('int_person_purchases_aged') }}
),

touched as (
    select
        touchpoints.person_id,
        rules.moment,
        max(case when not rules.is_ended_by then touchpoints.occurred_at end) as occurred_at,
        max(case when rules.is_ended_by then touchpoints.occurred_at end) as ended_at
    from touchpoints
    inner join rules
        on touchpoints.touchpoint_type = rules.touchpoint_type
    group by touchpoints.person_id, rules.moment
),

moments as (
    select
        person_id,
        moment,
        occurred_at
    from touched
    where occurred_at is not null and (ended_at is null or ended_at < occurred_at)
    union all
    select
        addresses.person_id,
        'consent_confirmed' as moment,
        max(permissions.stated_at) as occurred_at
    from permissions
    inner join statuses
        on permissions.basis = statuses.basis
    inner join addresses
        on permissions.email = addresses.email
    group by addresses.person_id
    {%- for moment, (relation, occurred_at) in known.items() %}
    union all
    select
        person_id,
        '{{ moment }}' as moment,
        {{ occurred_at }} as occurred_at
    from {{ relation }}
    {%- endfor %}
),

aged as (
    select
        moments.person_id,
        moments.moment,
        moments.occurred_at,
        {{ days_between('moments.occurred_at', as_of()) }} as days_since
    from moments
    inner join placed
        on moments.person_id = placed.person_id
    where moments.occurred_at is not null
)

select * from aged
