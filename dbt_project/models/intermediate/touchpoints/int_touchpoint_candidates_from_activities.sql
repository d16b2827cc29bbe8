-- one row per call, meeting, mail or chat logged in a CRM; its type leaves out mere paperwork
with

activities as (
    select * from {{ ref('int_activities_unified') }}
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where grain = 'own'
),

shaped as (
    select
        {{ candidate_columns('activities', {
            'identifier_id': first_identifier('activities', ['contact_id', 'lead_id']),
            'stated_account_id': stated_account('activities'),
            'product_id': 'activities.product_id',
            'content': 'activities.subject',
            'content_type': 'activities.outcome',
            'category': 'activities.category',
            'sentiment': 'activities.sentiment',
            'duration_seconds': 'activities.duration_seconds',
            'occurred_at': 'activities.occurred_at',
        }) }}
    from activities
    inner join types
        on {{ is_type_of('activities', 'activities') }}
)

select * from shaped
