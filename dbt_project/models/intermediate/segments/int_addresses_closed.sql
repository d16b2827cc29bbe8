-- one row per mailbox, purpose and channel of messages that some refusal closes, whoever has it
with

refusals as (
    select * from {{ ref('int_address_refusals_judged') }}
    where not is_lifted and mailbox is not null
),

purposes as (
    select * from {{ ref('contact_purposes') }}
    where coalesce(is_message, true)
),

closed as (
    select distinct
        refusals.mailbox,
        purposes.purpose,
        purposes.channel
    from refusals
    inner join purposes
        on {{ closes_purpose('refusals', 'purposes') }}
)

select * from closed
