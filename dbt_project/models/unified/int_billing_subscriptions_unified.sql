-- one row per subscription that is billed: its latest version known at as_of
{{ latest_versions('billing_subscriptions', later={'ended_at': ['ended_at', 'end_reason']}) }}
