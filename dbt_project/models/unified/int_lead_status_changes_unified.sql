-- one row per change of the status of a lead or contact: its latest version known at as_of
{{ latest_versions('lead_status_changes') }}
