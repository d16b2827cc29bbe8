-- models and conversion types whose channels are not credited every conversion and its amount
-- do: look for touchpoints whose channel is empty, or a join of rpt_channel_credits that drops or
-- doubles rows
with

channel_credits as (
    select
        model_id,
        conversion_type,
        sum(credited_conversions) as credited_conversions,
        coalesce(sum(credited_amount), 0) as credited_amount
    from {{ ref('rpt_channel_credits') }}
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
    channel_credits.model_id,
    channel_credits.conversion_type
from channel_credits
inner join conversions
    on channel_credits.conversion_type = conversions.conversion_type
inner join {{ ref('attribution_models') }} as models
    on channel_credits.model_id = models.model_id
    and models.is_active
    and models.motion is null
inner join {{ ref('attribution_lookbacks') }} as lookbacks
    on channel_credits.conversion_type = lookbacks.conversion_type
    and lookbacks.is_active
    and lookbacks.motion is null
    and lookbacks.model_id is null
where
    channel_credits.credited_conversions <> conversions.conversions
    or channel_credits.credited_amount <> conversions.amount
