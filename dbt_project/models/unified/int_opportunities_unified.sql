-- one row per deal: its latest version known at as_of
{{ latest_versions(
    'opportunities',
    known_at='coalesce(updated_at, created_at)',
    version_at='updated_at',
) }}
