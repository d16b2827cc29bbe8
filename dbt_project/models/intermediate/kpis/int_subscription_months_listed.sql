-- one row per subscription and month at whose end it ran, up to the last month anything is known of
with

subscriptions as (
    select * from {{ ref('int_subscriptions_placed') }}
),

spans as (
    select max(last_date) as last_date from {{ ref('int_dates_spanned') }}
),

bounded as (
    select
        subscriptions.*,
        {{ local_month('subscriptions.started_at') }} as first_month,
        {{ local_month('subscriptions.ended_at') }} as end_month,
        cast(date_trunc('month', spans.last_date) as date) as last_month
    from subscriptions
    cross join spans
),

months as (
    select
        *,
        {{ date_series('first_month', 'last_month', step='1 month') }} as month
    from bounded
    where first_month <= last_month
),

-- in the month it ends a subscription no longer runs at the end
running as (
    select
        source_system,
        source_record_id,
        account_id,
        plan,
        mrr,
        month
    from months
    where end_month is null or end_month > month
)

select * from running
