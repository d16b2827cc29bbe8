-- one row per person and account it belongs to or once belonged to
with

links as (
    select * from {{ ref('int_persons_linked_to_accounts') }}
    where is_chosen
),

members as (
    select distinct
        person_id,
        account_id
    from links
)

select * from members
