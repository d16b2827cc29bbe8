-- one row per kind of record of visits and ads, system and event seen
with

said as (
    {{ events_said(['sessions', 'web_events', 'ad_clicks', 'ad_account_days']) }}
)

select * from said
