-- one row per customer and whole month from the first purchase to as_of: bought, subscribed, gone
with

order_touchpoints as (
    select * from {{ ref('int_order_touchpoints_described') }}
    where is_purchase = 'true'
),

orders_of_touchpoints as (
    select * from {{ ref('int_ordered_touchpoints_summed') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where account_id is not null and not is_bot and occurred_at < {{ as_of() }}
),

subscriptions as (
    select
        *,
        {{ local_month('started_at') }} as start_month,
        {{ local_month('ended_at') }} as end_month
    from {{ ref('int_subscriptions_placed') }}
    where account_id is not null and started_at < {{ as_of() }}
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

stays_outside as (
    select * from {{ ref('int_stage_intervals_known') }}
    where is_outside
),

{{ customer_months() }},

{{ lived_months() }}

select * from listed
