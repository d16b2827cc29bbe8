-- one row per lead: its latest version known at as_of
{# a version that tells of a conversion is not older: nor is its status, where nothing dates it #}
{% set told_at = 'case when updated_at is null then converted_at end' %}
{{ latest_versions(
    'leads',
    version_at='updated_at',
    later={
        'created_at': ['created_at'],
        'converted_at': [
            'converted_at', 'converted_contact_id', 'converted_account_id', 'converted_opportunity_id'
        ],
        told_at: ['status'],
    },
) }}
