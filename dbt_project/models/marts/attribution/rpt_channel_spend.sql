-- one row per channel and month with money spent, ad results or web sessions
with

spend as (
    select * from {{ ref('int_spend_dated') }}
),

sessions as (
    select * from {{ ref('int_sessions_channeled') }}
),

spend_by_month as (
    select
        coalesce(channel, {{ no_channel() }}) as channel,
        cast(date_trunc('month', spend_date) as date) as month,
        {{ spend_sums() }}
    from spend
    group by coalesce(channel, {{ no_channel() }}), cast(date_trunc('month', spend_date) as date)
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
        cast(coalesce(spend_by_month.media_spend, 0) as decimal(18, 2)) as media_spend,
        cast(coalesce(spend_by_month.spend - spend_by_month.media_spend, 0) as decimal(18, 2))
            as other_cost,
        cast(coalesce(spend_by_month.doubled_cost, 0) as decimal(18, 2)) as doubled_cost,
        coalesce(spend_by_month.impressions, 0) as impressions,
        coalesce(spend_by_month.clicks, 0) as clicks,
        cast(coalesce(spend_by_month.platform_conversions, 0) as decimal(18, 4))
            as platform_conversions,
        coalesce(sessions_by_month.sessions, 0) as sessions,
        cast(coalesce(spend_by_month.unconverted_count, 0) as bigint) as unconverted_count
    from spend_by_month
    full outer join sessions_by_month
        on spend_by_month.channel = sessions_by_month.channel
        and spend_by_month.month = sessions_by_month.month
)

select * from joined
