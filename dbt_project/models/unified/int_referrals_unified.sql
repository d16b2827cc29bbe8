-- one row per recommendation of one person to another: its latest version known at as_of
{{ latest_versions('referrals') }}
