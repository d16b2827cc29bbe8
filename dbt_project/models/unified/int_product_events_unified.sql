-- one row per act inside the product: its latest version known at as_of
{{ latest_versions('product_events') }}
