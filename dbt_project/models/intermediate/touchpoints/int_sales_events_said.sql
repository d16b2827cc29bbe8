-- one row per kind of record of mails, sales and campaigns, system and event seen
with

said as (
    {{ events_said(['email_events', 'activities', 'leads', 'orders', 'campaign_members']) }}
)

select * from said
