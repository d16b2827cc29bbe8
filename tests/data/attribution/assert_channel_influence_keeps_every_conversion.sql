-- data-driven models and types that are not credited every conversion and its amount
-- do: look at the model's rows in rpt_channel_influence: a channel is lost between
-- int_channel_steps_counted and the report
with

influence as (
    select
        model_id,
        conversion_type,
        sum(credited_conversions) as credited_conversions,
        coalesce(sum(credited_amount), 0) as credited_amount
    from {{ ref('rpt_channel_influence') }}
    group by model_id, conversion_type
),

conversions as (
    select
        conversion_type,
        count(*) as conversions,
        coalesce(sum(amount), 0) as amount
    from {{ ref('fct_conversions') }}
    group by conversion_type
)

select
    influence.model_id,
    influence.conversion_type
from influence
left join conversions
    on influence.conversion_type = conversions.conversion_type
where
    influence.credited_conversions <> coalesce(conversions.conversions, 0)
    or influence.credited_amount <> coalesce(conversions.amount, 0)
