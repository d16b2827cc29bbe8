-- one row per account with priced subscriptions: what it paid a month at first
with

months as (
    select * from {{ ref('int_subscription_months_listed') }}
    where account_id is not null
),

firsts as (
    select
        account_id,
        min(month) as month
    from months
    group by account_id
),

summed as (
    select
        firsts.account_id,
        sum(months.mrr) as first_mrr
    from firsts
    inner join months
        on firsts.account_id = months.account_id
        and firsts.month = months.month
    group by firsts.account_id
),

priced as (
    select * from summed
    where first_mrr > 0
)

select * from priced
