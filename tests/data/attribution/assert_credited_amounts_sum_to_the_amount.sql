-- conversions whose credited amounts under a model differ from the amount by a cent or more
-- do: look at the conversion's rows in int_credits_weighted: largest_remainder shares out its cents
with

credits as (
    select * from {{ ref('fct_attribution') }}
),

conversions as (
    select * from {{ ref('fct_conversions') }}
)

select
    credits.conversion_id,
    credits.model_id,
    min(conversions.amount) as amount,
    sum(credits.credited_amount) as credited_amount
from credits
inner join conversions
    on credits.conversion_id = conversions.conversion_id
group by credits.conversion_id, credits.model_id
having
    coalesce(sum(credits.credited_amount), 0) <> coalesce(min(conversions.amount), 0)
    or (min(conversions.amount) is null and count(credits.credited_amount) > 0)
