{# when a row of a kind was true; none: as its parent. The unified models leave out what as_of does not
   know by it, the reports count the same rows by it. #}
{% macro known_moments() -%}
    {{ return({
        'accounts': 'coalesce(updated_at, created_at)',
        'activities': 'occurred_at',
        'ad_account_days': 'cast(activity_date as timestamp)',
        'ad_clicks': 'clicked_at',
        'ad_days': 'cast(activity_date as timestamp)',
        'billing_subscriptions': 'started_at',
        'campaign_members': 'occurred_at',
        'consents': 'changed_at',
        'contacts': 'coalesce(updated_at, created_at)',
        'content_days': 'cast(activity_date as timestamp)',
        'costs': 'cast(period_start as timestamp)',
        'email_events': 'occurred_at',
        'email_messages': 'sent_at',
        'experiments': 'assigned_at',
        'lead_status_changes': 'changed_at',
        'leads': 'coalesce(updated_at, created_at)',
        'mentions': 'posted_at',
        'opportunities': 'coalesce(updated_at, created_at)',
        'opportunity_stage_changes': 'changed_at',
        'orders': 'coalesce(updated_at, ordered_at)',
        'product_events': 'occurred_at',
        'referrals': 'occurred_at',
        'survey_responses': 'submitted_at',
        'tickets': 'created_at',
        'web_events': 'occurred_at',
    }) }}
{%- endmacro %}

{# every kind of every system as (system, kind) #}
{% macro provided_kinds() -%}
    {%- set provided = [] -%}
    {%- for system, kinds in var('systems').items() -%}
        {%- for kind in kinds %}{% do provided.append((system, kind)) %}{% endfor -%}
    {%- endfor -%}
    {{ return(provided) }}
{%- endmacro %}

{# every kind once, sorted #}
{% macro all_kinds() -%}
    {{ return(var('systems').values() | sum(start=[]) | unique | sort) }}
{%- endmacro %}
