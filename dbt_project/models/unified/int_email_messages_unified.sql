-- one row per message that was or will be sent to many: its latest version known at as_of
{{ latest_versions('email_messages') }}
