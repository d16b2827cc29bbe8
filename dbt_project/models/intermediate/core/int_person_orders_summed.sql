-- one row per buyer: how often and how much, net of refunds, in the reporting currency
with

purchases as (
    select * from {{ ref('int_person_purchases_listed') }}
),

orders as (
    select * from {{ ref('int_orders_unified') }}
),

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

priced as (
    select
        purchases.person_id,
        {{ in_reporting_currency(
            net_of_refund('orders.total', 'orders.refunded_amount'),
            'orders.currency',
            'rates.rate_to_reporting'
        ) }} as net_amount
    from purchases
    inner join orders
        on purchases.source_system = orders.source_system
        and purchases.source_record_id = orders.source_record_id
    left join rates
        on orders.currency = rates.currency
        and {{ local_date('orders.ordered_at') }} >= rates.valid_from
        and {{ local_date('orders.ordered_at') }} < rates.valid_to
),

summed as (
    select
        person_id,
        count(*) as order_count,
        count(net_amount) as priced_order_count,
        cast(sum(net_amount) as decimal(18, 2)) as lifetime_value
    from priced
    group by person_id
),

averaged as (
    select
        *,
        {{ ratio('lifetime_value', 'priced_order_count', 'decimal(18, 2)') }}
            as average_order_amount
    from summed
)

select * from averaged
