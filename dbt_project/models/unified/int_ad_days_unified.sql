-- one row per ad and day as the platform reports it: its latest version known at as_of
{{ latest_versions('ad_days') }}
