-- one row per deal: its latest version known at as_of
{{ latest_versions('opportunities', version_at='updated_at') }}
