-- one row per call, meeting, mail, chat, note or task of a CRM: its latest version known at as_of
{{ latest_versions('activities') }}
