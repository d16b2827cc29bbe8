-- one row per account with persons: how many belong to it now
with

links as (
    select * from {{ ref('int_persons_linked_to_accounts') }}
    where is_chosen
        and valid_to is null
),

counted as (
    select
        account_id,
        count(*) as person_count
    from links
    group by account_id
)

select * from counted
