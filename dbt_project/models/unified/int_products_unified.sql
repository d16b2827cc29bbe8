-- one row per product: its latest version
{{ latest_versions('products') }}
