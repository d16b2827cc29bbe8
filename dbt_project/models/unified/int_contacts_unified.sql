-- one row per contact of a CRM: its latest version known at as_of
{{ latest_versions('contacts', version_at='updated_at', later={'created_at': ['created_at']}) }}
