-- a difference between all converted ad spend and the spend of all channels and months
-- do: look for ad days whose channel or month is empty in int_ad_days_channeled
with

ad_days as (
    select coalesce(cast(sum(spend_amount) as decimal(18, 2)), 0) as spend
    from {{ ref('int_ad_days_channeled') }}
),

channels as (
    select coalesce(sum(spend), 0) as spend
    from {{ ref('rpt_channel_spend') }}
)

select
    ad_days.spend as spend_of_ads,
    channels.spend as spend_of_channels
from ad_days
cross join channels
where ad_days.spend <> channels.spend
