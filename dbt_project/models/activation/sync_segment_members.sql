-- one row per destination, segment and person to be told to it: eligible, at one open address
with

candidates as (
    select * from {{ ref('int_segment_candidates_judged') }}
    where drop_reason is null
),

described as (
    select * from {{ ref('int_segment_candidates_described') }}
),

destinations as (
    select * from {{ ref('int_segment_destinations_listed') }}
),

closed_addresses as (
    select * from {{ ref('int_addresses_closed') }}
),

open_candidates as (
    select candidates.*
    from candidates
    left join closed_addresses
        on {{ untagged_email('candidates.email') }} = closed_addresses.mailbox
        and candidates.purpose = closed_addresses.purpose
        and candidates.channel = closed_addresses.channel
    where closed_addresses.mailbox is null and candidates.email is not null
),

members as (
    select
        -- keys
        destinations.destination,
        open_candidates.segment_id,
        open_candidates.person_id,
        -- text
        open_candidates.email,
        described.first_name,
        described.last_name,
        described.account_name,
        described.stage,
        described.payload,
        open_candidates.purpose,
        open_candidates.channel,
        described.call_to_action,
        described.destination_kind,
        -- numbers
        open_candidates.priority,
        -- timestamps
        described.entered_at,
        open_candidates.send_after,
        open_candidates.stays_until,
        -- evidence
        open_candidates.rule_id,
        {{ sha256_hex(surrogate_key([
            'open_candidates.email', 'described.first_name', 'described.last_name',
            'described.account_name', 'described.stage', 'described.payload', 'described.entered_at',
        ])) }} as row_hash
    from open_candidates
    inner join described
        on open_candidates.segment_id = described.segment_id
        and open_candidates.person_id = described.person_id
    inner join destinations
        on open_candidates.segment_id = destinations.segment_id
)

select * from members
