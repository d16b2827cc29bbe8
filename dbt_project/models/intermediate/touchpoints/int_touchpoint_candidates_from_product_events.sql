-- one row per act inside the product
with

product_events as (
    select * from {{ ref('int_product_events_unified') }}
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where grain = 'own'
),

shaped as (
    select
        {{ candidate_columns('product_events', {
            'identifier_id': first_identifier('product_events', ['user_id', 'email']),
            'stated_account_id': stated_account('product_events'),
            'content': 'product_events.event_name',
            'occurred_at': 'product_events.occurred_at',
        }) }}
    from product_events
    inner join types
        on {{ is_type_of('product_events', 'product_events') }}
)

select * from shaped
