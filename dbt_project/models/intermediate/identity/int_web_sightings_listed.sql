-- one row per combination of identifiers that stand together on records of site, shop or product
with

clocks as (
    {{ earliest_moments() }}
),

web_events as (
    select
        web_events.*,
        {{ click_id_value('web_events') }} as click_id
    from {{ ref('int_web_events_unified') }} as web_events
),

unioned as (
    {{ sightings_of(
        'web_events', 'web_events',
        {
            'user_id': 'user_id', 'email': 'email', 'email_sha256': 'email_sha256',
            'anonymous_id': 'anonymous_id', 'click_id': 'click_id',
        },
        seen_at='occurred_at', clock_rule='web_events.clock_rule_id'
    ) }}
    {%- for table, (identifier_types, seen_at) in sighted_tables('web').items() %}
    union all
    {{ sightings_of(
        ref('int_' ~ table ~ '_unified'), table,
        dict(zip(identifier_types, identifier_types)), seen_at=seen_at
    ) }}
    {%- endfor %}
)

select * from unioned
