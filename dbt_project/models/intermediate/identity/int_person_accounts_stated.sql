-- one row per person, account and kind of record that names both; contacts, leads and roles apart
{%- set kinds = {
    'activities': (['contact_id', 'lead_id'], 'occurred_at'),
    'tickets': (['contact_id', 'email'], 'created_at'),
    'orders': (['contact_id', 'user_id', 'email'], 'ordered_at'),
    'product_events': (['user_id', 'email'], 'occurred_at'),
    'billing_subscriptions': (['email'], 'started_at'),
} %}
with

clusters as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

records as (
    {%- for kind, (identifiers, moment) in kinds.items() %}
    select
        {{ first_identifier('records', identifiers) }} as identifier_id,
        {{ account_key('records.source_system', 'records.account_id') }} as account_key,
        '{{ kind }}' as record_kind,
        records.source_record_id,
        records.{{ moment }} as stated_at
    from {{ ref('int_' ~ kind ~ '_unified') }} as records
    where records.account_id is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

stated as (
    select
        clusters.person_id,
        records.account_key,
        records.record_kind || ' ' || min(records.source_record_id) as evidence,
        min(records.stated_at) as starts_at
    from records
    inner join clusters
        on records.identifier_id = clusters.identifier_id
    where not clusters.is_blocked
    group by clusters.person_id, records.account_key, records.record_kind
)

select * from stated
