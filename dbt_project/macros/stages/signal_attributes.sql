{# what rows of signal_rules may ask of a moment, by how it is compared; the same names stand in the
   attributes of the seed #}
{% macro signal_attributes() -%}
    {{ return({
        'text': [
            'touchpoint_type', 'action', 'purpose', 'direction', 'kind', 'content_type', 'category',
            'is_engaged', 'counts_in_journey', 'is_purchase', 'delivery_date', 'survey_type',
            'mention_kind', 'sentiment', 'priority', 'ticket_category', 'referral_status', 'fact',
            'variant',
        ],
        'number': ['score', 'rating'],
    }) }}
{%- endmacro %}

{# of these the details that only records of certain tables have: table → attribute → column #}
{% macro record_details() -%}
    {{ return({
        'mentions': {'mention_kind': 'kind', 'sentiment': 'sentiment', 'rating': 'rating'},
        'referrals': {'referral_status': 'lower(trim(status))'},
        'survey_responses': {'survey_type': 'survey_type', 'score': 'score'},
        'tickets': {'priority': 'priority', 'ticket_category': 'category'},
    }) }}
{%- endmacro %}
