-- one row per order: the purchase as a touchpoint, worth its total in the reporting currency
with

orders as (
    select * from {{ ref('int_orders_unified') }}
    where ordered_at is not null
),

channels as (
    select * from {{ ref('int_orders_channeled') }}
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where grain = 'own'
),

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

shaped as (
    select
        {{ candidate_columns('orders', {
            'identifier_id': first_identifier(
                'orders', ['contact_id', 'user_id', 'email', 'anonymous_id']
            ),
            'stated_account_id': stated_account('orders'),
            'transaction_id': 'orders.transaction_id',
            'content': 'orders.sales_channel',
            'channel': 'channels.channel',
            'value': in_reporting_currency(
                'orders.total', 'orders.currency', 'rates.rate_to_reporting'
            ),
            'channel_rule_id': 'channels.channel_rule_id',
            'occurred_at': 'orders.ordered_at',
        }) }}
    from orders
    inner join types
        on {{ is_type_of('orders', 'orders') }}
    left join channels
        on orders.source_system = channels.source_system
        and orders.source_record_id = channels.source_record_id
    left join rates
        on orders.currency = rates.currency
        and {{ local_date('orders.ordered_at') }} >= rates.valid_from
        and {{ local_date('orders.ordered_at') }} < rates.valid_to
)

select * from shaped
