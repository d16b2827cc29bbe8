-- one row per answer of a person to a campaign: invited, registered, attended: its latest version known at as_of
{{ latest_versions('campaign_members') }}
