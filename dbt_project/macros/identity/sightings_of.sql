{# query: one row per combination of identifiers that stand together on records of one table.
   `identifiers`: identifier type → column of `relation`; `seen_at`: expression of a timestamp, none
   for records without a time: they prove that an identifier exists, never when it was seen. #}
{% macro sightings_of(relation, source_table, identifiers, seen_at) -%}
    select
        source_system,
        '{{ source_table }}' as source_table,
        {%- for identifier_type in identifier_columns() %}
        {{ identifiers.get(identifier_type, 'cast(null as varchar(255))') }}
            as {{ identifier_type }},
        {%- endfor %}
        min(source_record_id) as source_record_id,
        min({{ seen_at or 'cast(null as timestamp)' }}) as first_seen_at,
        max({{ seen_at or 'cast(null as timestamp)' }}) as last_seen_at
    from {{ relation }}
    where coalesce({{ identifiers.values() | join(', ') }}) is not null
    group by source_system, {{ identifiers.values() | join(', ') }}
{%- endmacro %}

{# the tables that name persons as they are, by group: table → its identifiers, when they were seen.
   Tables whose columns are named otherwise are prepared by the models themselves. #}
{% macro sighted_tables(group) -%}
    {%- set contact, lead, email, user = ['contact_id', 'lead_id', 'email', 'user_id'] -%}
    {{ return({
        'crm': {
            'activities': ([contact, lead], 'occurred_at'),
            'lead_status_changes': ([contact, lead], 'changed_at'),
            'opportunity_contacts': ([contact], none),
            'campaign_members': ([contact, lead, email], 'occurred_at'),
        },
        'web': {
            'orders': ([contact, user, email, 'anonymous_id'], 'ordered_at'),
            'product_events': ([user, email], 'occurred_at'),
            'ad_clicks': (['click_id'], 'clicked_at'),
            'experiments': ([email, 'anonymous_id'], 'assigned_at'),
        },
        'voice': {
            'email_events': ([email], 'occurred_at'),
            'consents': ([email], 'changed_at'),
            'billing_subscriptions': ([email], 'started_at'),
            'tickets': ([contact, email], 'created_at'),
            'survey_responses': ([contact, email], 'submitted_at'),
        },
    }[group]) }}
{%- endmacro %}
