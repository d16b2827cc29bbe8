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
    {{ credit_sums(
        ref('fct_attribution'), {'campaign_id': 'coalesce(credits.campaign_id, ' ~ no_channel() ~ ')'}
    ) }}
),

models as (
    {{ models_with_refusals() }}
),

performance as (
    {{ spend_beside_credit(['campaign_id'], spend='spend', credits='credits', models='models') }}
)

select * from performance
