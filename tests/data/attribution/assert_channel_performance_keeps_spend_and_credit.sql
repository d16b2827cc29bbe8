-- models and types in which spend without conversions, or conversions without spend, got lost
-- do: compare with rpt_channel_spend and rpt_channel_credits: the join of the two drops a channel
-- or month
with

performance as (
    select
        model_id,
        conversion_type,
        sum(spend) as spend,
        sum(credited_conversions) as credited_conversions
    from {{ ref('rpt_channel_performance') }}
    group by model_id, conversion_type
),

all_spend as (
    select coalesce(sum(spend), 0) as spend
    from {{ ref('rpt_channel_spend') }}
),

credits as (
    select
        model_id,
        conversion_type,
        sum(credited_conversions) as credited_conversions
    from {{ ref('rpt_channel_credits') }}
    group by model_id, conversion_type
),

models as (
    select * from {{ ref('dim_attribution_models') }}
    where method <> 'removal_effect'
)

select
    models.model_id,
    models.conversion_type,
    performance.spend
from models
cross join all_spend
left join performance
    on models.model_id = performance.model_id
    and models.conversion_type = performance.conversion_type
left join credits
    on models.model_id = credits.model_id
    and models.conversion_type = credits.conversion_type
where
    coalesce(performance.spend, 0) <> all_spend.spend
    or coalesce(performance.credited_conversions, 0) <> coalesce(credits.credited_conversions, 0)
