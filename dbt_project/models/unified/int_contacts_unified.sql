-- one row per contact of a CRM: its latest version known at as_of
{{ latest_versions(
    'contacts',
    known_at='coalesce(updated_at, created_at)',
    version_at='updated_at',
) }}
