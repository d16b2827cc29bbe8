-- one row per role of a contact in a deal: its latest version
{{ latest_versions('opportunity_contacts') }}
