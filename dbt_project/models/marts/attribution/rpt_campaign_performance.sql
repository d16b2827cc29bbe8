-- one row per campaign, month, model and conversion type; spend is repeated in each of them
with

spend as (
    select
        coalesce(campaign_id, {{ no_channel() }}) as campaign_id,
        cast(date_trunc('month', spend_date) as date) as month,
        {{ spend_sums() }}
    from {{ ref('int_spend_dated') }}
    group by
        coalesce(campaign_id, {{ no_channel() }}), cast(date_trunc('month', spend_date) as date)
),

credits as (
    select
        coalesce(campaign_id, {{ no_channel() }}) as campaign_id,
        {{ local_month('converted_at') }} as month,
        model_id,
        conversion_type,
        sum(credit) as credited_conversions,
        sum(case when credited_amount is null then credit else 0 end) as unpriced_conversions,
        sum(credited_amount) as credited_amount
    from {{ ref('fct_attribution') }}
    group by
        coalesce(campaign_id, {{ no_channel() }}), {{ local_month('converted_at') }},
        model_id, conversion_type
),

models as (
    select * from {{ ref('dim_attribution_models') }}
    where method <> 'removal_effect'
),

spend_per_model as (
    select
        spend.campaign_id,
        spend.month,
        models.model_id,
        models.conversion_type,
        spend.spend,
        spend.media_spend,
        spend.platform_conversions,
        spend.unconverted_count
    from spend
    cross join models
    where spend.spend <> 0 or spend.unconverted_count > 0 or spend.platform_conversions <> 0
),

joined as (
    select
        coalesce(spend_per_model.campaign_id, credits.campaign_id) as campaign_id,
        coalesce(spend_per_model.month, credits.month) as month,
        coalesce(spend_per_model.model_id, credits.model_id) as model_id,
        coalesce(spend_per_model.conversion_type, credits.conversion_type) as conversion_type,
        cast(coalesce(spend_per_model.spend, 0) as decimal(18, 2)) as spend,
        cast(coalesce(spend_per_model.media_spend, 0) as decimal(18, 2)) as media_spend,
        cast(coalesce(spend_per_model.platform_conversions, 0) as decimal(18, 4))
            as platform_conversions,
        cast(coalesce(spend_per_model.unconverted_count, 0) as bigint) as unconverted_count,
        cast(coalesce(credits.credited_conversions, 0) as decimal(18, 9)) as credited_conversions,
        cast(coalesce(credits.unpriced_conversions, 0) as decimal(18, 9)) as unpriced_conversions,
        cast(coalesce(credits.credited_amount, 0) as decimal(18, 2)) as credited_amount
    from spend_per_model
    full outer join credits
        on spend_per_model.campaign_id = credits.campaign_id
        and spend_per_model.month = credits.month
        and spend_per_model.model_id = credits.model_id
        and spend_per_model.conversion_type = credits.conversion_type
),

divided as (
    select
        *,
        {{ return_on_spend() }}
    from joined
)

select * from divided
