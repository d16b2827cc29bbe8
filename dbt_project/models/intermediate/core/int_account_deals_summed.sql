-- one row per account with deals: what is open and what was won, in the reporting currency
with

deals as (
    select * from {{ ref('int_deals_priced') }}
),

summed as (
    select
        account_id,
        sum(case when not has_ended then 1 else 0 end) as open_opportunity_count,
        sum(case when has_ended then 1 else 0 end) as closed_opportunity_count,
        sum(case when is_won then 1 else 0 end) as won_opportunity_count,
        sum(case when is_won and opportunity_type = 'renewal' then 1 else 0 end)
            as won_renewal_count,
        cast(sum(case when not has_ended then amount end) as decimal(18, 2))
            as open_opportunity_amount,
        cast(sum(case when is_won then amount end) as decimal(18, 2)) as won_amount
    from deals
    group by account_id
)

select * from summed
