-- one row per lead: its latest version known at as_of
{{ latest_versions(
    'leads',
    version_at='updated_at',
    later={
        'created_at': ['created_at'],
        'converted_at': [
            'converted_at', 'converted_contact_id', 'converted_account_id', 'converted_opportunity_id'
        ],
    },
) }}
