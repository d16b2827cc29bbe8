-- one row per web event that is a touchpoint of its own; its channel is that of its visit
with

web_events as (
    select * from {{ touched(ref('int_web_events_judged')) }}
    where grain = 'own'
),

sessions as (
    select * from {{ touched(ref('int_sessions_channeled')) }}
),

rates as (
    select * from {{ ref('int_exchange_rates_dated') }}
),

shaped as (
    select
        {{ candidate_columns('web_events', {
            'type_id': 'web_events.type_id',
            'identifier_id': 'web_events.identifier_id',
            'campaign_id': 'sessions.campaign_id',
            'session_id': 'web_events.session_id',
            'product_id': 'web_events.product_id',
            'transaction_id': 'web_events.transaction_id',
            'content': "coalesce(nullif(web_events.event_detail, ''), web_events.page_path)",
            'content_type': 'web_events.content_type',
            'category': 'web_events.category',
            'device': 'coalesce(web_events.device_type, sessions.device)',
            'channel': 'sessions.channel',
            'duration_seconds': 'cast(round(web_events.engaged_seconds) as bigint)',
            'value': in_reporting_currency(
                'web_events.value', 'web_events.currency', 'rates.rate_to_reporting'
            ),
            'is_engaged': 'sessions.is_engaged',
            'channel_rule_id': 'sessions.channel_rule_id',
            'is_bot': 'web_events.is_bot',
            'occurred_at': 'web_events.occurred_at',
        }) }}
    from web_events
    left join sessions
        on web_events.session_id = sessions.session_id
    left join rates
        on web_events.currency = rates.currency
        and {{ local_date('web_events.occurred_at') }} >= rates.valid_from
        and {{ local_date('web_events.occurred_at') }} < rates.valid_to
)

select * from shaped
