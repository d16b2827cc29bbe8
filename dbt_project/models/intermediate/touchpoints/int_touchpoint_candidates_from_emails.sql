-- one row per message, address and act of the person, and per message and address: the exposure
with

email_records as (
    select * from {{ ref('int_email_records_grouped') }}
),

shaped as (
    select
        {{ surrogate_key(['source_system', 'source_table', 'source_record_id']) }} as candidate_id,
        source_system,
        source_table,
        source_record_id,
        type_id,
        identifier_id,
        cast(null as varchar(255)) as stated_account_id,
        campaign_id,
        cast(null as varchar(32)) as session_id,
        cast(null as varchar(255)) as product_id,
        cast(null as varchar(255)) as transaction_id,
        coalesce(url, subject) as content,
        message_type as content_type,
        cast(null as varchar(255)) as category,
        cast(null as varchar(255)) as device,
        cast(null as varchar(255)) as channel,
        purpose,
        cast(null as bigint) as duration_seconds,
        cast(null as decimal(18, 2)) as value,
        false as is_bot,
        cast(null as boolean) as is_engaged,
        occurred_at,
        cast(null as varchar(255)) as channel_rule_id
    from email_records
    where source_record_id = anchor_record_id
)

select * from shaped
