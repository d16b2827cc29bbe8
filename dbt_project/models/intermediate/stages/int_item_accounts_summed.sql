-- one row per order and account that its items name: what of the order is that account's
with

items as (
    select * from {{ ref('int_order_items_unified') }}
    where account_id is not null
),

orders as (
    select * from {{ ref('int_orders_unified') }}
),

keys as (
    select * from {{ ref('int_account_keys_survived') }}
),

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

priced as (
    select
        items.source_system,
        orders.source_table,
        orders.source_record_id,
        coalesce(
            keys.account_id, {{ account_key('items.source_system', 'items.account_id') }}
        ) as account_id,
        items.source_record_id as item_record_id,
        {{ in_reporting_currency(
            'items.price * coalesce(items.quantity, 1)',
            'orders.currency',
            'rates.rate_to_reporting'
        ) }} as value
    from items
    inner join orders
        on items.source_system = orders.source_system
        and items.order_id = orders.order_id
    left join keys
        on {{ account_key('items.source_system', 'items.account_id') }} = keys.account_key
    left join rates
        on orders.currency = rates.currency
        and {{ local_date('orders.ordered_at') }} >= rates.valid_from
        and {{ local_date('orders.ordered_at') }} < rates.valid_to
),

summed as (
    select
        source_system,
        source_table,
        source_record_id,
        account_id,
        min(item_record_id) as first_item_record_id,
        cast(sum(value) as decimal(18, 2)) as value
    from priced
    group by source_system, source_table, source_record_id, account_id
)

select * from summed
