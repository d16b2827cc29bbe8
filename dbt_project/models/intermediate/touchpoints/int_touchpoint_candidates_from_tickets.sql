-- one row per request to the service desk: the moment it was opened
with

tickets as (
    select * from {{ ref('int_tickets_unified') }}
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where grain = 'own'
),

shaped as (
    select
        {{ candidate_columns('tickets', {
            'identifier_id': first_identifier('tickets', ['contact_id', 'email']),
            'stated_account_id': stated_account('tickets'),
            'content': 'tickets.subject',
            'content_type': 'tickets.priority',
            'category': 'tickets.category',
            'score': 'tickets.satisfaction',
            'occurred_at': 'tickets.created_at',
        }) }}
    from tickets
    inner join types
        on {{ is_type_of('tickets', 'tickets') }}
)

select * from shaped
