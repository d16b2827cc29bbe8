-- one row per candidate touchpoint of visits and ads, with the kind of its record
with

unioned as (
    {{ candidates_unioned(['sessions', 'web_events', 'ad_clicks', 'ad_account_days']) }}
)

select * from unioned
