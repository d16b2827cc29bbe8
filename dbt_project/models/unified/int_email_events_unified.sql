-- one row per thing that happened to one message and one address: its latest version known at as_of
{{ latest_versions('email_events') }}
