-- one row per request to the service desk: its latest version known at as_of
{{ latest_versions('tickets', later={'solved_at': ['solved_at', 'status', 'satisfaction']}) }}
