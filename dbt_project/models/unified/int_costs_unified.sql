-- one row per cost of a period: its latest version known at as_of
{{ latest_versions('costs') }}
