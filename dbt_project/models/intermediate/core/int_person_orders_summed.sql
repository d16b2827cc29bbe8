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

-- what the products cost is known of some items only
costs as (
    select
        source_system,
        order_id,
        sum(item_amount) as item_amount,
        sum(cost_amount) as cost_amount,
        sum(case when cost_amount is not null then item_amount end) as costed_amount
    from {{ ref('int_order_items_priced') }}
    group by source_system, order_id
),

priced as (
    select
        purchases.person_id,
        {{ in_reporting_currency(
            net_of_refund('orders.total', 'orders.refunded_amount'),
            'orders.currency',
            'rates.rate_to_reporting'
        ) }} as net_amount,
        costs.item_amount,
        costs.cost_amount,
        costs.costed_amount
    from purchases
    inner join orders
        on purchases.source_system = orders.source_system
        and purchases.source_record_id = orders.source_record_id
    left join costs
        on orders.source_system = costs.source_system
        and orders.order_id = costs.order_id
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
        cast(sum(net_amount) as decimal(18, 2)) as lifetime_value,
        {%- for amount in ['cost_amount', 'costed_amount'] %}
        coalesce(sum(case when net_amount is not null then {{ amount }} end), 0) as {{ amount }},
        {%- endfor %}
        sum(coalesce(item_amount, net_amount)) as item_amount
    from priced
    group by person_id
),

averaged as (
    select
        *,
        {{ ratio('lifetime_value', 'priced_order_count', 'decimal(18, 2)') }}
            as average_order_amount,
        cast(lifetime_value - cost_amount as decimal(18, 2)) as cltv_historic,
        {{ ratio('costed_amount', 'item_amount') }} as cltv_costed_share
    from summed
)

select * from averaged
