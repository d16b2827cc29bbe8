-- accounts that a person is linked to and nobody knows
-- do: look in which source the account is missing: its record may be deleted, or land later than
-- the contact's
with

links as (
    select * from {{ ref('int_persons_linked_to_accounts') }}
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

lost as (
    select links.*
    from links
    left join accounts
        on links.account_id = accounts.account_id
    where accounts.account_id is null
)

select * from lost
