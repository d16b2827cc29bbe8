-- one row per change of a deal's stage: its latest version known at as_of
{{ latest_versions('opportunity_stage_changes') }}
