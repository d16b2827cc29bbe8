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

remembered as (
    select * from {{ ref('int_segment_members_remembered') }}
),

candidates as (
    select
        definitions.segment_id,
        matches.person_id,
        definitions.purpose,
        definitions.channel,
        definitions.priority,
        definitions.exclusive_group,
        matches.rule_id,
        matches.stays_until,
        decided.email,
        decided.reason,
        decided.send_after,
        case when purposes.keeps_out_of is null then 'no_decision' else 'allowed' end as no_reason,
        -- whoever was held out or told once is so again, as long as anybody is held out
        coalesce(definitions.holdout_share, purposes.holdout_share, 0) > 0
        and coalesce(remembered.was_held_out, {{ is_drawn(
            'matches.segment_id', 'matches.person_id',
            'coalesce(definitions.holdout_share, purposes.holdout_share, 0)'
        ) }}) as is_held_out,
        coalesce(remembered.is_capped, false) as is_capped,
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
    left join remembered
        on matches.segment_id = remembered.segment_id
        and matches.person_id = remembered.person_id
    left join closed_addresses
        on {{ untagged_email('decided.email') }} = closed_addresses.mailbox
        and definitions.purpose = closed_addresses.purpose
        and definitions.channel = closed_addresses.channel
),

ordered as (
    select
        *,
        row_number() over (
            partition by person_id, exclusive_group, is_eligible
            order by priority, segment_id
        ) as place,
        first_value(segment_id) over (
            partition by person_id, exclusive_group, is_eligible
            order by is_held_out or is_capped, priority, segment_id
        ) as winner
    from candidates
),

-- who is held out of a segment, or was in it often enough, leaves their place to the next
outranked as (
    select
        *,
        exclusive_group is not null and is_eligible and place > min(
            case when not is_held_out and not is_capped then place end
        ) over (partition by person_id, exclusive_group, is_eligible) as is_outranked
    from ordered
),

judged as (
    select
        *,
        case when is_outranked then winner end as outranked_by,
        case
            when not has_address then 'no_address'
            when not is_eligible then coalesce(reason, no_reason)
            when is_outranked then 'outranked'
            when is_capped then 'entry_cap'
            when is_address_closed or email is null then 'address_closed'
            when is_held_out then 'holdout'
        end as drop_reason
    from outranked
)

select * from judged
