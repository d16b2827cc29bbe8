-- one row per company, campaign and day an ad platform reports: its latest version known at as_of
{{ latest_versions('ad_account_days') }}
