-- one row per mailbox, purpose and channel that some refusal closes, whoever it belongs to
with

refusals as (
    select * from {{ ref('int_address_refusals_judged') }}
    where not is_lifted and mailbox is not null
),

purposes as (
    select * from {{ ref('contact_purposes') }}
),

closed as (
    select distinct
        refusals.mailbox,
        purposes.purpose,
        purposes.channel
    from refusals
    inner join purposes
        on coalesce(refusals.closed_purpose, purposes.purpose) = purposes.purpose
        and coalesce(refusals.closed_channel, purposes.channel) = purposes.channel
)

select * from closed
