{# what a record of each kind says of its touchpoint type: kind of record → its model, and the
   expressions of event, detail and direction that rows of touchpoint_types name #}
{% macro touchpoint_events(record) -%}
    {%- set none_said = "''" -%}
    {{ return({
        'web_events': ('int_web_events_unified', record ~ '.event_name', event_detail(), none_said),
        'sessions': ('int_web_events_unified', none_said, none_said, none_said),
        'email_events': ('int_email_events_judged', record ~ '.event_type', none_said, none_said),
        'activities': (
            'int_activities_unified',
            record ~ '.activity_type', none_said, said(record ~ '.direction'),
        ),
        'leads': ('int_leads_unified', none_said, none_said, none_said),
        'orders': ('int_orders_unified', none_said, none_said, none_said),
        'campaign_members': (
            'int_campaign_members_unified',
            said(record ~ '.campaign_type'), said(record ~ '.status'), none_said,
        ),
        'ad_clicks': ('int_ad_clicks_unified', none_said, none_said, none_said),
        'ad_account_days': (
            'int_ad_account_days_unified', none_said, ad_account_day_detail(record), none_said
        ),
        'tickets': ('int_tickets_unified', said(record ~ '.channel'), none_said, none_said),
        'survey_responses': (
            'int_survey_responses_unified', said(record ~ '.survey_type'), none_said, none_said
        ),
        'mentions': ('int_mentions_unified', said(record ~ '.kind'), none_said, none_said),
        'referrals': (
            'int_referrals_judged', said(record ~ '.status'), referral_detail(record), none_said
        ),
        'product_events': (
            'int_product_events_unified', record ~ '.event_name', none_said, none_said
        ),
    }) }}
{%- endmacro %}

{# what a record says in a column that it may leave empty #}
{% macro said(column) -%}
    {{ return("coalesce(" ~ column ~ ", '')") }}
{%- endmacro %}

{# condition of a join to int_touchpoint_types_matched: the row of `types` that a record makes #}
{% macro is_type_of(kind, record) -%}
    {%- set model, event, detail, direction = touchpoint_events(record)[kind] -%}
    types.record_kind = '{{ kind }}'
        and types.source_system = {{ record }}.source_system
        and types.event = {{ event }}
        and types.event_detail = {{ detail }}
        and types.event_direction = {{ direction }}
{%- endmacro %}

{# a day on which somebody of the company did more than see an ad #}
{% macro ad_account_day_detail(record) -%}
    case
        when coalesce({{ record }}.engagements, 0) + coalesce({{ record }}.clicks, 0) > 0
            then 'engaged'
        else ''
    end
{%- endmacro %}

{# somebody who recommended himself #}
{% macro referral_detail(record) -%}
    case when {{ record }}.is_self_referral then 'self' else '' end
{%- endmacro %}
