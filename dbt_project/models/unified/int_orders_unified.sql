-- one row per order: its latest version known at as_of
{{ latest_versions(
    'orders',
    version_at='updated_at',
    later={'shipped_at': ['shipped_at'], 'delivered_at': ['delivered_at']},
) }}
