-- every account a person is linked to is an account
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
