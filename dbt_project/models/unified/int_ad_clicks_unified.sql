-- one row per click on an ad, as the platform reports it: its latest version known at as_of
{{ latest_versions('ad_clicks') }}
