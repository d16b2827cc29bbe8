-- one row per account that ever subscribed: what runs at as_of, and when it renews
with

subscriptions as (
    select
        *,
        coalesce(ended_at > {{ as_of() }}, true) as is_running
    from {{ ref('int_subscriptions_placed') }}
    where account_id is not null and started_at < {{ as_of() }}
),

known as (
    select
        account_id,
        max(case when is_running then 1 else 0 end) = 1 as is_subscribed,
        cast(sum(case when is_running then mrr end) as decimal(18, 2)) as mrr,
        {{ ordered_list('case when is_running then plan end') }} as plans,
        min(started_at) as first_started_at,
        min(case when is_running and renews_at >= {{ as_of() }} then renews_at end) as renews_at,
        max(case when not is_running then ended_at end) as ended_at
    from subscriptions
    group by account_id
),

aged as (
    select
        *,
        case when is_subscribed then 'active' else 'ended' end as subscription_state,
        {{ days_between('first_started_at', as_of()) }} as subscribed_days,
        {{ days_between(as_of(), 'renews_at') }} as days_until_renewal
    from known
)

select * from aged
