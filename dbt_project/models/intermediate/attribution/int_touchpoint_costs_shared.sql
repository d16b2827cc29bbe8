-- one row per act that bears a part of what its campaign or its channel cost in its month
with

acts as (
    select
        touchpoint_id,
        campaign_id,
        channel,
        {{ local_month('occurred_at') }} as month
    from {{ ref('int_touchpoints_resolved') }}
    where kind <> 'exposure' and counts_in_journey and not is_bot
),

spend as (
    select
        campaign_id,
        channel,
        cast(date_trunc('month', spend_date) as date) as month,
        sum(amount) as amount
    from {{ ref('int_spend_dated') }}
    where not is_doubled and amount is not null
    group by campaign_id, channel, cast(date_trunc('month', spend_date) as date)
),

busy_campaigns as (
    select distinct
        campaign_id,
        month
    from acts
    where campaign_id is not null
),

-- what a campaign cost is borne by its own acts; where it has none, by those of its channel
pooled as (
    select
        case when busy_campaigns.campaign_id is null then 'channel' else 'campaign' end
            as pool_type,
        coalesce(busy_campaigns.campaign_id, spend.channel) as pool,
        spend.month,
        cast(round(sum(spend.amount) * 100) as bigint) as cents
    from spend
    left join busy_campaigns
        on spend.campaign_id = busy_campaigns.campaign_id
        and spend.month = busy_campaigns.month
    group by
        case when busy_campaigns.campaign_id is null then 'channel' else 'campaign' end,
        coalesce(busy_campaigns.campaign_id, spend.channel),
        spend.month
),

bearers as (
    {%- for pool_type, pool in [('campaign', 'campaign_id'), ('channel', 'channel')] %}
    {{ 'union all' if not loop.first }}
    select
        touchpoint_id,
        '{{ pool_type }}' as pool_type,
        {{ pool }} as pool,
        month
    from acts
    {%- endfor %}
),

numbered as (
    select
        bearers.touchpoint_id,
        pooled.cents,
        row_number() over (
            partition by bearers.pool_type, bearers.pool, bearers.month
            order by bearers.touchpoint_id
        ) as place,
        count(*) over (partition by bearers.pool_type, bearers.pool, bearers.month) as places
    from bearers
    inner join pooled
        on bearers.pool_type = pooled.pool_type
        and bearers.pool = pooled.pool
        and bearers.month = pooled.month
),

-- rounded along the way, so that the parts of a pool sum to it, to the cent
shared as (
    select
        touchpoint_id,
        cast(cast(sum(
            {{ whole_quotient('cents * place', 'places') }}
            - {{ whole_quotient('cents * (place - 1)', 'places') }}
        ) as decimal(18, 2)) / 100 as decimal(18, 2)) as cost_amount
    from numbered
    group by touchpoint_id
)

select * from shared
