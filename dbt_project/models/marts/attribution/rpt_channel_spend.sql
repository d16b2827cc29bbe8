-- one row per channel and month with ad results or web sessions
with

ad_days as (
    select * from {{ ref('int_ad_days_channeled') }}
),

sessions as (
    select * from {{ ref('int_sessions_channeled') }}
),

spend_by_month as (
    select
        coalesce(channel, {{ no_channel() }}) as channel,
        cast(date_trunc('month', activity_date) as date) as month,
        cast(sum(spend_amount) as decimal(18, 2)) as spend,
        cast(sum(impressions) as bigint) as impressions,
        cast(sum(clicks) as bigint) as clicks,
        sum(case when spend is not null and spend_amount is null then 1 else 0 end)
            as unconverted_count
    from ad_days
    group by coalesce(channel, {{ no_channel() }}), cast(date_trunc('month', activity_date) as date)
),

sessions_by_month as (
    select
        coalesce(channel, {{ no_channel() }}) as channel,
        {{ local_month('started_at') }} as month,
        count(*) as sessions
    from sessions
    where not is_bot
    group by coalesce(channel, {{ no_channel() }}), {{ local_month('started_at') }}
),

joined as (
    select
        -- keys
        coalesce(spend_by_month.channel, sessions_by_month.channel) as channel,
        coalesce(spend_by_month.month, sessions_by_month.month) as month,
        -- numbers
        cast(coalesce(spend_by_month.spend, 0) as decimal(18, 2)) as spend,
        coalesce(spend_by_month.impressions, 0) as impressions,
        coalesce(spend_by_month.clicks, 0) as clicks,
        coalesce(sessions_by_month.sessions, 0) as sessions,
        cast(coalesce(spend_by_month.unconverted_count, 0) as bigint) as unconverted_count
    from spend_by_month
    full outer join sessions_by_month
        on spend_by_month.channel = sessions_by_month.channel
        and spend_by_month.month = sessions_by_month.month
)

select * from joined
