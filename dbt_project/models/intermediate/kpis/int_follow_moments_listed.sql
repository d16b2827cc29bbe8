-- one row per follow rule, its account or person and moment that starts or follows
with

rules as (
    select * from {{ ref('follow_rules') }}
    where is_active
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where not is_bot
),

conversions as (
    select * from {{ ref('int_conversions_unioned') }}
),

moment_names as (
    select distinct touchpoint_type as moment
    from {{ ref('touchpoint_types') }}
    union
    select distinct conversion_type as moment
    from {{ ref('conversion_rules') }}
),

asked as (
    select
        rules.rule_id,
        rules.entity,
        rules.motion,
        moment_names.moment,
        'start' as part
    from rules
    inner join moment_names
        on {{ list_has('rules.start_moments', 'moment_names.moment') }}
    union all
    select
        rules.rule_id,
        rules.entity,
        rules.motion,
        moment_names.moment,
        'follow' as part
    from rules
    inner join moment_names
        on {{ list_has('rules.follow_moments', 'moment_names.moment') }}
),

moments as (
    select
        touchpoint_type as moment,
        account_id,
        person_id,
        occurred_at
    from touchpoints
    union all
    select
        conversion_type as moment,
        account_id,
        person_id,
        occurred_at
    from conversions
),

-- a touchpoint and the conversion it is are one moment
listed as (
    select distinct
        asked.rule_id,
        asked.motion,
        asked.part,
        case when asked.entity = 'account' then moments.account_id else moments.person_id end
            as entity_id,
        moments.account_id,
        moments.occurred_at
    from moments
    inner join asked
        on moments.moment = asked.moment
)

select * from listed
where entity_id is not null
