-- one row per statement of a person about being contacted: its latest version known at as_of
{{ latest_versions('consents') }}
