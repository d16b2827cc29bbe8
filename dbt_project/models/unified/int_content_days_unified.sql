-- one row per post, video, podcast or page and day: its latest version known at as_of
{{ latest_versions('content_days') }}
