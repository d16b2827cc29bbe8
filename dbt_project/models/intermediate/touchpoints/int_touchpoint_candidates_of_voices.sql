-- one row per candidate touchpoint of service, voices and the product, with the kind of its record
with

unioned as (
    {{ candidates_unioned([
        'tickets', 'survey_responses', 'mentions', 'referrals', 'product_events',
    ]) }}
)

select * from unioned
