-- one row per answer of a person to a campaign: its latest version known at as_of
{{ latest_versions('campaign_members') }}
