-- one row per candidate touchpoint of mails, sales and campaigns, with the kind of its record
with

unioned as (
    {{ candidates_unioned(['emails', 'activities', 'leads', 'orders', 'campaign_members']) }}
)

select * from unioned
