-- a difference between all money spent and the spend of all channels, or of all campaigns
-- do: look for days whose channel or month is empty in int_spend_dated, then for doubled costs
with

money as (
    select coalesce(sum(case when not is_doubled then amount end), 0) as spend
    from {{ ref('int_spend_dated') }}
),

ad_days as (
    select coalesce(cast(sum(spend_amount) as decimal(18, 2)), 0) as spend
    from {{ ref('int_ad_days_channeled') }}
),

costs as (
    select coalesce(sum(amount), 0) as spend
    from {{ ref('int_costs_spread') }}
),

channels as (
    select
        coalesce(sum(spend), 0) as spend,
        coalesce(sum(doubled_cost), 0) as doubled_cost
    from {{ ref('rpt_channel_spend') }}
),

campaigns as (
    select
        model_id,
        conversion_type,
        sum(spend) as spend
    from {{ ref('rpt_campaign_performance') }}
    group by model_id, conversion_type
)

select
    money.spend as spend_of_days,
    channels.spend as spend_of_channels,
    campaigns.spend as spend_of_campaigns
from money
cross join ad_days
cross join costs
cross join channels
left join campaigns
    on money.spend <> campaigns.spend
where
    money.spend <> channels.spend
    or money.spend + channels.doubled_cost <> ad_days.spend + costs.spend
    or campaigns.spend is not null
