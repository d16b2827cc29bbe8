-- one row per cost: its days, its channel and its amount in the reporting currency
with

costs as (
    select * from {{ ref('int_costs_unified') }}
),

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

channels as (
    select * from {{ ref('channels') }}
),

campaign_channels as (
    select
        campaign_id,
        channel
    from {{ ref('int_campaigns_listed') }}
),

priced as (
    select
        -- keys
        costs.source_system,
        costs.source_record_id,
        costs.campaign_id,
        -- text
        coalesce(channels.channel, campaign_channels.channel) as channel,
        costs.cost_kind,
        costs.currency,
        -- numbers
        {{ in_reporting_currency('costs.amount', 'costs.currency', 'rates.rate_to_reporting') }}
            as amount,
        -- dates; a period that ends before it begins is its first day
        costs.period_start,
        greatest(costs.period_end, costs.period_start) as period_end
    from costs
    left join rates
        on costs.currency = rates.currency
        and costs.period_start >= rates.valid_from
        and costs.period_start < rates.valid_to
    left join channels
        on costs.channel = channels.channel
    left join campaign_channels
        on costs.campaign_id = campaign_channels.campaign_id
)

select * from priced
