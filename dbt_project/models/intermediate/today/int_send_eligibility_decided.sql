-- one row per known person, purpose and channel: may they be told of, else the first reason
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

suppressions as (
    select * from {{ ref('contact_purposes') }}
    where is_active and keeps_out_of is not null
),

addresses as (
    select * from {{ ref('int_person_addresses_listed') }}
),

closed_addresses as (
    select * from {{ ref('int_addresses_closed') }}
),

ranked as (
    select
        listed.*,
        coalesce(ranks.closes_suppressions, false) as closes_suppressions,
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
        {{ ordered_list('reason') }} as all_reasons,
        max(case when closes_suppressions then 1 else 0 end) = 1 as closes_suppressions
    from ranked
    group by person_id, purpose, channel
),

decided as (
    select
        chosen.person_id,
        chosen.purpose,
        chosen.channel,
        gathered.reason,
        coalesce(gathered.all_reasons, '[]') as all_reasons,
        case when gathered.reason is null then chosen.email end as email,
        chosen.accepted_basis,
        chosen.regime,
        chosen.send_after,
        gathered.reason is null and chosen.email is not null as is_eligible,
        coalesce(chosen.is_message, true) as is_message,
        coalesce(gathered.closes_suppressions, false) as closes_suppressions,
        coalesce(gathered.rule_id, chosen.consent_rule_id) as rule_id,
        chosen.consent_evidence_id
    from chosen
    left join gathered
        on chosen.person_id = gathered.person_id
        and chosen.purpose = gathered.purpose
        and chosen.channel = gathered.channel
),

closed_first as (
    select
        addresses.person_id,
        suppressions.purpose,
        suppressions.channel,
        suppressions.keeps_out_of,
        addresses.email,
        row_number() over (
            partition by addresses.person_id, suppressions.purpose, suppressions.channel
            order by
                case when closed_addresses.mailbox is null then 1 else 0 end asc,
                case when addresses.is_preferred then 0 else 1 end asc,
                addresses.last_seen_at desc nulls last,
                addresses.email asc
        ) as preference
    from suppressions
    inner join addresses
        on suppressions.address_type = addresses.address_type
    left join closed_addresses
        on addresses.mailbox = closed_addresses.mailbox
        and suppressions.purpose = closed_addresses.purpose
        and suppressions.keeps_out_of = closed_addresses.channel
),

-- who may not be contacted is to be kept out, unless the reason closes even that
kept_out as (
    select
        decided.person_id,
        closed_first.purpose,
        closed_first.channel,
        case when decided.closes_suppressions then decided.reason end as reason,
        case when decided.closes_suppressions then decided.all_reasons else '[]' end as all_reasons,
        case when not decided.closes_suppressions then closed_first.email end as email,
        decided.accepted_basis,
        decided.regime,
        decided.send_after,
        not decided.closes_suppressions as is_eligible,
        false as is_message,
        decided.closes_suppressions,
        decided.rule_id,
        decided.consent_evidence_id
    from decided
    inner join closed_first
        on decided.person_id = closed_first.person_id
        and decided.purpose = closed_first.purpose
        and decided.channel = closed_first.keeps_out_of
    where closed_first.preference = 1 and not decided.is_eligible
),

told as (
    select * from decided
    union all
    select * from kept_out
)

select * from told
