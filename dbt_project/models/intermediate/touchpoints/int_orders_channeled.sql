-- one row per order whose sales channel a rule knows: channel and rule; web orders await a visit
with

orders as (
    select * from {{ ref('int_orders_unified') }}
),

sales_channels as (
    select distinct
        {{ surrogate_key(['source_system', 'sales_channel']) }} as stated_key,
        source_system,
        sales_channel
    from orders
),

attributes as (
    {{ listed_attributes('sales_channels', 'stated_key', texts=[
        ('source_system', 'source_system'),
        ('sales_channel', 'sales_channel'),
    ]) }}
),

deciding_rules as (
    {{ first_matching_rule(ref('channel_rules'), 'attributes', scope='order') }}
),

channeled as (
    select
        orders.source_system,
        orders.source_record_id,
        deciding_rules.result as channel,
        deciding_rules.rule_id as channel_rule_id
    from orders
    inner join deciding_rules
        on deciding_rules.entity_id = {{ surrogate_key(
            ['orders.source_system', 'orders.sales_channel']
        ) }}
)

select * from channeled
