-- one row per web event that is a touchpoint of its own; its channel is that of its visit
with

web_events as (
    select * from {{ ref('int_web_events_judged') }}
    where grain = 'own'
),

sessions as (
    select * from {{ ref('int_sessions_channeled') }}
),

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

shaped as (
    select
        {{ surrogate_key(
            ['web_events.source_system', 'web_events.source_table', 'web_events.source_record_id']
        ) }} as candidate_id,
        web_events.source_system,
        web_events.source_table,
        web_events.source_record_id,
        web_events.type_id,
        web_events.identifier_id,
        cast(null as varchar(255)) as stated_account_id,
        sessions.campaign_id,
        web_events.session_id,
        web_events.product_id,
        web_events.transaction_id,
        coalesce(nullif(web_events.event_detail, ''), web_events.page_path) as content,
        web_events.content_type,
        web_events.category,
        coalesce(web_events.device_type, sessions.device) as device,
        sessions.channel,
        cast(null as varchar(255)) as purpose,
        cast(round(web_events.engaged_seconds) as bigint) as duration_seconds,
        {{ in_reporting_currency(
            'web_events.value', 'web_events.currency', 'rates.rate_to_reporting'
        ) }} as value,
        web_events.is_bot,
        sessions.is_engaged,
        web_events.occurred_at,
        sessions.channel_rule_id
    from web_events
    left join sessions
        on web_events.session_id = sessions.session_id
    left join rates
        on web_events.currency = rates.currency
        and {{ local_date('web_events.occurred_at') }} >= rates.valid_from
        and {{ local_date('web_events.occurred_at') }} < rates.valid_to
)

select * from shaped
