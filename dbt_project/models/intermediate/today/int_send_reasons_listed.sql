-- one row per known person, purpose, channel, reason and rule against sending
with

chosen as (
    select * from {{ ref('int_person_permissions_chosen') }}
),

refusals as (
    select * from {{ ref('int_person_refusals_listed') }}
),

pressures as (
    select * from {{ ref('int_person_pressures_listed') }}
),

exclusions as (
    select * from {{ ref('int_person_exclusions_listed') }}
),

address_rules as (
    select * from {{ ref('eligibility_rules') }}
    where is_active and evidence_type = 'address'
),

reasons as (
    select * from {{ ref('eligibility_reasons') }}
),

unioned as (
    select
        person_id,
        purpose,
        channel,
        reason,
        rule_id
    from refusals
    union
    select
        person_id,
        purpose,
        channel,
        reason,
        rule_id
    from pressures
    union
    select
        chosen.person_id,
        chosen.purpose,
        chosen.channel,
        exclusions.reason,
        exclusions.rule_id
    from chosen
    inner join exclusions
        on chosen.person_id = exclusions.person_id
    union
    select
        chosen.person_id,
        chosen.purpose,
        chosen.channel,
        address_rules.overall_reason as reason,
        address_rules.rule_id
    from chosen
    inner join address_rules
        on chosen.address_flag = address_rules.status
    union
    select
        chosen.person_id,
        chosen.purpose,
        chosen.channel,
        reasons.reason,
        cast(null as varchar(255)) as rule_id
    from chosen
    cross join reasons
    where reasons.is_fallback and chosen.email is null
),

-- what is no message to the person is closed by few reasons
holding as (
    select unioned.*
    from unioned
    left join chosen
        on unioned.person_id = chosen.person_id
        and unioned.purpose = chosen.purpose
        and unioned.channel = chosen.channel
    left join reasons
        on unioned.reason = reasons.reason
    where coalesce(chosen.is_message, true)
        or coalesce(reasons.is_fallback or reasons.closes_tasks, true)
)

select * from holding
