{# query: one row per combination of identifiers that stand together on records of one table.
   `identifiers`: identifier type → column of `relation`; `seen_at`: expression of a timestamp, none
   for records without a time: they prove that an identifier exists, never when it was seen, and so does a
   record of a clock that was never set. `clock_rule`: column of the rule that corrected a moment, where there is
   one. Reads a CTE `clocks`, see earliest_moments. #}
{% macro sightings_of(relation, source_table, identifiers, seen_at, clock_rule='null') -%}
    {%- set is_set = '(clocks.earliest_moment is null or ' ~ seen_at ~ ' >= clocks.earliest_moment)' -%}
    select
        source_system,
        '{{ source_table }}' as source_table,
        {%- for identifier_type in identifier_columns() %}
        {{ identifiers.get(identifier_type, 'cast(null as varchar(255))') }}
            as {{ identifier_type }},
        {%- endfor %}
        min(source_record_id) as source_record_id,
        {%- if seen_at %}
        min(case when {{ is_set }} then {{ seen_at }} end) as first_seen_at,
        max(case when {{ is_set }} then {{ seen_at }} end) as last_seen_at,
        max(case when {{ is_set }} then {{ clock_rule }} else clocks.clock_rule_id end) as misdated_rule_id
        {%- else %}
        cast(null as timestamp) as first_seen_at,
        cast(null as timestamp) as last_seen_at,
        cast(null as varchar(255)) as misdated_rule_id
        {%- endif %}
    from {{ relation }}
    cross join clocks
    where coalesce({{ identifiers.values() | join(', ') }}) is not null
    group by source_system, {{ identifiers.values() | join(', ') }}
{%- endmacro %}

{# the one row of the CTE `clocks`: before which moment a clock was not set, and the rule that says so #}
{% macro earliest_moments() -%}
    select
        cast(max(value_date) as timestamp) as earliest_moment,
        max(rule_id) as clock_rule_id
    from {{ ref('identity_rules') }}
    where is_active and method = 'earliest_moment'
{%- endmacro %}

{# the tables that name persons as they are, by group: table → its identifiers, when they were seen.
   Tables whose columns are named otherwise are prepared by the models themselves. #}
{% macro sighted_tables(group) -%}
    {%- set contact, lead, email, user = ['contact_id', 'lead_id', 'email', 'user_id'] -%}
    {{ return({
        'crm': {
            'activities': ([contact, lead], 'occurred_at'),
            'lead_status_changes': ([contact, lead], 'changed_at'),
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
