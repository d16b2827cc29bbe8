-- one row per account of a CRM: its latest version known at as_of
{{ latest_versions(
    'accounts',
    known_at='coalesce(updated_at, created_at)',
    version_at='updated_at',
) }}
