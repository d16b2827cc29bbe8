-- one row per account of a CRM: its latest version known at as_of
{{ latest_versions('accounts', version_at='updated_at') }}
