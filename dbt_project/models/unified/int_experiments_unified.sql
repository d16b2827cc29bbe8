-- one row per assignment of a person or device to a variant: its latest version known at as_of
{{ latest_versions('experiments') }}
