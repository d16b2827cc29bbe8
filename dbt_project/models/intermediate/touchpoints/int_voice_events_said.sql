-- one row per kind of record of service, voices and the product, system and event seen
with

said as (
    {{ events_said(['tickets', 'survey_responses', 'mentions', 'referrals', 'product_events']) }}
)

select * from said
