-- one row per known person, purpose and channel: may they be contacted, else the first reason
with

chosen as (
    select * from {{ ref('int_person_permissions_chosen') }}
),

listed as (
    select * from {{ ref('int_send_reasons_listed') }}
),

ranks as (
    select * from {{ ref('eligibility_reasons') }}
),

ranked as (
    select
        listed.person_id,
        listed.purpose,
        listed.channel,
        listed.reason,
        listed.rule_id,
        row_number() over (
            partition by listed.person_id, listed.purpose, listed.channel
            order by ranks.rank nulls last, listed.reason, listed.rule_id nulls last
        ) as preference
    from listed
    left join ranks
        on listed.reason = ranks.reason
),

gathered as (
    select
        person_id,
        purpose,
        channel,
        max(case when preference = 1 then reason end) as reason,
        max(case when preference = 1 then rule_id end) as rule_id,
        {{ ordered_list('reason') }} as all_reasons
    from ranked
    group by person_id, purpose, channel
),

decided as (
    select
        -- keys
        chosen.person_id,
        chosen.purpose,
        chosen.channel,
        -- text
        gathered.reason,
        coalesce(gathered.all_reasons, '[]') as all_reasons,
        case when gathered.reason is null then chosen.email end as email,
        chosen.accepted_basis,
        chosen.regime,
        -- booleans
        gathered.reason is null and chosen.email is not null as is_eligible,
        -- evidence
        coalesce(gathered.rule_id, chosen.consent_rule_id) as rule_id,
        chosen.consent_evidence_id
    from chosen
    left join gathered
        on chosen.person_id = gathered.person_id
        and chosen.purpose = gathered.purpose
        and chosen.channel = gathered.channel
)

select * from decided
