-- one row per order: its latest version known at as_of
{{ latest_versions(
    'orders',
    known_at='coalesce(updated_at, ordered_at)',
    version_at='updated_at',
) }}
