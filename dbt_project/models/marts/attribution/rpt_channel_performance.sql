-- one row per channel, month, model and conversion type; spend is repeated in each of them
with

spend as (
    select * from {{ ref('rpt_channel_spend') }}
),

credits as (
    select * from {{ ref('rpt_channel_credits') }}
),

models as (
    select * from {{ ref('dim_attribution_models') }}
    where method <> 'removal_effect'
),

spend_per_model as (
    select
        spend.channel,
        spend.month,
        models.model_id,
        models.conversion_type,
        spend.spend
    from spend
    cross join models
),

joined as (
    select
        coalesce(spend_per_model.channel, credits.channel) as channel,
        coalesce(spend_per_model.month, credits.month) as month,
        coalesce(spend_per_model.model_id, credits.model_id) as model_id,
        coalesce(spend_per_model.conversion_type, credits.conversion_type) as conversion_type,
        coalesce(spend_per_model.spend, 0) as spend,
        coalesce(credits.credited_conversions, 0) as credited_conversions,
        coalesce(credits.credited_amount, 0) as credited_amount
    from spend_per_model
    full outer join credits
        on spend_per_model.channel = credits.channel
        and spend_per_model.month = credits.month
        and spend_per_model.model_id = credits.model_id
        and spend_per_model.conversion_type = credits.conversion_type
),

divided as (
    select
        -- keys
        channel,
        month,
        model_id,
        conversion_type,
        -- numbers
        cast(spend as decimal(18, 2)) as spend,
        cast(credited_conversions as decimal(18, 9)) as credited_conversions,
        cast(credited_amount as decimal(18, 2)) as credited_amount,
        {{ ratio('credited_amount', 'spend', 'decimal(18, 6)') }} as roas,
        {{ ratio('spend', 'credited_conversions', 'decimal(18, 2)') }} as cost_per_conversion
    from joined
)

select * from divided
