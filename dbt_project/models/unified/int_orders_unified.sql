-- one row per order: its latest version known at as_of
{{ latest_versions('orders', version_at='updated_at') }}
