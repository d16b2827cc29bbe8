-- one row per ad and day, and per cost and day of its period: what was spent, and on what
with

ad_days as (
    select * from {{ ref('int_ad_days_channeled') }}
),

costs as (
    select * from {{ ref('int_costs_spread') }}
),

priced_costs as (
    select * from {{ ref('int_costs_priced') }}
),

advertised as (
    select distinct
        channel,
        cast(date_trunc('month', activity_date) as date) as month
    from ad_days
    where spend_amount > 0
),

-- money for media that the platforms report too is one money: shown, not added
judged as (
    select
        costs.*,
        coalesce(costs.cost_kind = 'media', false) and advertised.channel is not null as is_doubled
    from costs
    left join advertised
        on costs.channel = advertised.channel
        and cast(date_trunc('month', costs.cost_date) as date) = advertised.month
),

dated as (
    select
        channel,
        campaign_id,
        ad_id,
        'media' as cost_kind,
        spend_amount as amount,
        impressions,
        clicks,
        platform_conversions,
        false as is_doubled,
        spend is not null and spend_amount is null as is_unconverted,
        activity_date as spend_date
    from ad_days
    union all
    select
        channel,
        campaign_id,
        null as ad_id,
        cost_kind,
        amount,
        null as impressions,
        null as clicks,
        null as platform_conversions,
        is_doubled,
        false as is_unconverted,
        cost_date as spend_date
    from judged
    union all
    select
        channel,
        campaign_id,
        null as ad_id,
        cost_kind,
        amount,
        null as impressions,
        null as clicks,
        null as platform_conversions,
        false as is_doubled,
        true as is_unconverted,
        period_start as spend_date
    from priced_costs
    where amount is null
)

select * from dated
