-- one row per line of an order: its latest version
{{ latest_versions('order_items') }}
