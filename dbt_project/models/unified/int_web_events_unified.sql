-- one row per web event: its latest version known at as_of
{{ latest_versions('web_events') }}
