-- one row per matched person and segment: how far they get, and why no further
with

matches as (
    select * from {{ ref('int_segment_rules_matched') }}
),

definitions as (
    select * from {{ ref('segment_definitions') }}
    where is_active
),

decided as (
    select * from {{ ref('int_send_eligibility_decided') }}
),

addresses as (
    select distinct
        person_id,
        address_type
    from {{ ref('int_person_addresses_listed') }}
),

purposes as (
    select * from {{ ref('contact_purposes') }}
    where is_active
),

closed_addresses as (
    select * from {{ ref('int_addresses_closed') }}
),

candidates as (
    select
        definitions.segment_id,
        matches.person_id,
        definitions.purpose,
        definitions.channel,
        definitions.priority,
        definitions.is_exclusive,
        matches.rule_id,
        decided.email,
        decided.reason,
        decided.send_after,
        case when purposes.keeps_out_of is null then 'no_decision' else 'allowed' end as no_reason,
        addresses.person_id is not null as has_address,
        closed_addresses.mailbox is not null as is_address_closed,
        coalesce(decided.is_eligible, false) as is_eligible
    from matches
    inner join definitions
        on matches.segment_id = definitions.segment_id
    left join purposes
        on definitions.purpose = purposes.purpose
        and definitions.channel = purposes.channel
    left join addresses
        on matches.person_id = addresses.person_id
        and purposes.address_type = addresses.address_type
    left join decided
        on matches.person_id = decided.person_id
        and definitions.purpose = decided.purpose
        and definitions.channel = decided.channel
    left join closed_addresses
        on {{ untagged_email('decided.email') }} = closed_addresses.mailbox
        and definitions.purpose = closed_addresses.purpose
        and definitions.channel = closed_addresses.channel
),

ordered as (
    select
        *,
        row_number() over same_person as place,
        first_value(segment_id) over same_person as winner
    from candidates
    window same_person as (
        partition by person_id, channel, is_exclusive, is_eligible
        order by priority, segment_id
    )
),

judged as (
    select
        *,
        case when is_eligible and is_exclusive and place > 1 then winner end as outranked_by,
        case
            when not has_address then 'no_address'
            when not is_eligible then coalesce(reason, no_reason)
            when is_exclusive and place > 1 then 'outranked'
            when is_address_closed or email is null then 'address_closed'
        end as drop_reason
    from ordered
)

select * from judged
