-- recipients with an address that by any spelling or identifier has a refusal that stands (law 7)
-- do: send nothing; the row names the address: find its refusal in int_address_refusals_judged and
-- why eligibility passed over it
with

refusals as (
    select * from {{ ref('int_address_refusals_judged') }}
    where not is_lifted
),

addresses as (
    select * from {{ ref('int_person_addresses_listed') }}
),

refused as (
    select
        addresses.person_id,
        refusals.closed_purpose,
        refusals.closed_channel,
        refusals.closed_brand
    from addresses
    inner join refusals
        on addresses.identifier_id = refusals.identifier_id
    union all
    select
        addresses.person_id,
        refusals.closed_purpose,
        refusals.closed_channel,
        refusals.closed_brand
    from addresses
    inner join refusals
        on addresses.mailbox = refusals.mailbox
),

wrong as (
    select members.segment_id, members.person_id
    from {{ ref('sync_segment_members') }} as members
    inner join refused
        on members.person_id = refused.person_id
    inner join {{ ref('contact_purposes') }} as purposes
        on members.purpose = purposes.purpose
        and members.channel = purposes.channel
    where coalesce(purposes.is_message, true)
        and {{ closes_purpose('refused', 'purposes') }}
)

select * from wrong
