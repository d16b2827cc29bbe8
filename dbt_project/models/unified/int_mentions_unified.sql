-- one row per review, post or comment about us: its latest version known at as_of
{{ latest_versions('mentions') }}
