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
    where record_kind = 'orders' and grain = 'own'
),

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

shaped as (
    select
        {{ surrogate_key(
            ['orders.source_system', 'orders.source_table', 'orders.source_record_id']
        ) }} as candidate_id,
        orders.source_system,
        orders.source_table,
        orders.source_record_id,
        types.type_id,
        case
            when orders.contact_id is not null
                then {{ identifier_id(
                    "'contact_id'", 'orders.source_system', 'orders.contact_id'
                ) }}
            when orders.user_id is not null
                then {{ identifier_id("'user_id'", 'orders.source_system', 'orders.user_id') }}
            when orders.email is not null
                then {{ identifier_id("'email'", "''", 'orders.email') }}
            when orders.anonymous_id is not null
                then {{ identifier_id(
                    "'anonymous_id'", 'orders.source_system', 'orders.anonymous_id'
                ) }}
        end as identifier_id,
        case
            when orders.account_id is not null
                then {{ account_key('orders.source_system', 'orders.account_id') }}
        end as stated_account_id,
        cast(null as varchar(255)) as campaign_id,
        cast(null as varchar(32)) as session_id,
        cast(null as varchar(255)) as product_id,
        orders.transaction_id,
        orders.sales_channel as content,
        cast(null as varchar(255)) as content_type,
        cast(null as varchar(255)) as category,
        cast(null as varchar(255)) as device,
        channels.channel,
        cast(null as varchar(255)) as purpose,
        cast(null as bigint) as duration_seconds,
        {{ in_reporting_currency('orders.total', 'orders.currency', 'rates.rate_to_reporting') }}
            as value,
        false as is_bot,
        cast(null as boolean) as is_engaged,
        orders.ordered_at as occurred_at,
        channels.channel_rule_id
    from orders
    inner join types
        on orders.source_system = types.source_system
    left join channels
        on orders.source_system = channels.source_system
        and orders.source_record_id = channels.source_record_id
    left join rates
        on orders.currency = rates.currency
        and {{ local_date('orders.ordered_at') }} >= rates.valid_from
        and {{ local_date('orders.ordered_at') }} < rates.valid_to
)

select * from shaped
