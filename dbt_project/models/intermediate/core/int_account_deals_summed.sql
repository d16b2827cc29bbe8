-- one row per account with deals: what is open and what was won, in the reporting currency
with

opportunities as (
    select
        *,
        {{ account_key('source_system', 'account_id') }} as account_key,
        coalesce(is_closed or is_won, false) as has_ended,
        cast(coalesce(
            closed_at, least(cast(close_date as timestamp), updated_at), created_at
        ) as date) as priced_on
    from {{ ref('int_opportunities_unified') }}
    where not is_deleted
        and account_id is not null
),

keys as (
    select * from {{ ref('int_account_keys_survived') }}
),

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

priced as (
    select
        opportunities.*,
        coalesce(keys.account_id, opportunities.account_key) as surviving_account_id,
        {{ in_reporting_currency(
            'opportunities.amount', 'opportunities.currency', 'rates.rate_to_reporting'
        ) }} as reporting_amount
    from opportunities
    left join keys
        on opportunities.account_key = keys.account_key
    left join rates
        on opportunities.currency = rates.currency
        and opportunities.priced_on >= rates.valid_from
        and opportunities.priced_on < rates.valid_to
),

summed as (
    select
        surviving_account_id as account_id,
        sum(case when not has_ended then 1 else 0 end) as open_opportunity_count,
        sum(case when has_ended then 1 else 0 end) as closed_opportunity_count,
        sum(case when is_won then 1 else 0 end) as won_opportunity_count,
        cast(
            sum(case when not has_ended then reporting_amount end) as decimal(18, 2)
        ) as open_opportunity_amount,
        cast(sum(case when is_won then reporting_amount end) as decimal(18, 2)) as won_amount
    from priced
    group by surviving_account_id
)

select * from summed
