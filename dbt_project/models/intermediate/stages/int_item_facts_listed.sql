-- one row per order and account that its items name beside the one that ordered: they were ordered
with

item_accounts as (
    select * from {{ ref('int_item_accounts_summed') }}
),

records as (
    select * from {{ ref('int_touchpoint_records_collapsed') }}
),

described as (
    select * from {{ ref('int_order_touchpoints_described') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where not is_bot
),

ordered as (
    select
        item_accounts.account_id,
        cast(null as varchar(255)) as person_id,
        item_accounts.source_system,
        'items_ordered' as fact,
        described.is_purchase as variant,
        item_accounts.value,
        touchpoints.occurred_at,
        'order_item' as evidence_type,
        item_accounts.first_item_record_id as evidence_id
    from item_accounts
    inner join records
        on item_accounts.source_system = records.source_system
        and item_accounts.source_table = records.source_table
        and item_accounts.source_record_id = records.source_record_id
    inner join described
        on records.touchpoint_id = described.touchpoint_id
    inner join touchpoints
        on records.touchpoint_id = touchpoints.touchpoint_id
    where item_accounts.account_id <> coalesce(touchpoints.account_id, '')
)

select * from ordered
