-- one row per answer to a survey: its latest version known at as_of
{{ latest_versions('survey_responses') }}
