-- one row per ad and day, with its channel and its spend in the reporting currency
with

ad_days as (
    select * from {{ ref('int_ad_days_unified') }}
),

campaigns as (
    select * from {{ ref('int_ad_campaigns_channeled') }}
),

exchange_rates as (
    select * from {{ ref('exchange_rates') }}
),

rate_periods as (
    select
        currency,
        rate_to_reporting,
        valid_from,
        lead(valid_from) over (partition by currency order by valid_from) as valid_to
    from exchange_rates
),

channeled as (
    select
        ad_days.*,
        campaigns.channel,
        campaigns.channel_rule_id,
        {{ in_reporting_currency(
            'ad_days.spend', 'ad_days.currency', 'rate_periods.rate_to_reporting'
        ) }} as spend_amount
    from ad_days
    left join campaigns
        on ad_days.platform = campaigns.platform
        and ad_days.campaign_id = campaigns.campaign_id
    left join rate_periods
        on ad_days.currency = rate_periods.currency
        and ad_days.activity_date >= rate_periods.valid_from
        and (rate_periods.valid_to is null or ad_days.activity_date < rate_periods.valid_to)
)

select * from channeled
