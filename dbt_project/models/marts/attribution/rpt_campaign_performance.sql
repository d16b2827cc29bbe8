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

performance as (
    {{ spend_beside_credit('campaign_id', spend='spend', credits='credits', models='models') }}
)

select * from performance
