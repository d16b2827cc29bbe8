{# what was spent beside what was credited, by `key` and month; spend is repeated in every model and type.
   `spend`: the key, month and spend_sums; `credits`: key, month, model_id, conversion_type and sums of credits;
   `models`: dim_attribution_models. Returns a query: one row per key, month, model and type with either. #}
{% macro spend_beside_credit(key, spend, credits, models) -%}
with

spend_per_model as (
    select
        spend.{{ key }},
        spend.month,
        models.model_id,
        models.conversion_type,
        spend.spend,
        spend.media_spend,
        spend.platform_conversions,
        spend.unconverted_count
    from {{ spend }} as spend
    cross join {{ models }} as models
    where spend.spend <> 0 or spend.unconverted_count > 0 or spend.platform_conversions <> 0
),

joined as (
    select
        coalesce(spend_per_model.{{ key }}, credits.{{ key }}) as {{ key }},
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
        cast(coalesce(credits.credited_amount, 0) as decimal(18, 2)) as credited_amount,
        cast(coalesce(credits.credited_mrr, 0) as decimal(18, 2)) as credited_mrr
    from spend_per_model
    full outer join {{ credits }} as credits
        on spend_per_model.{{ key }} = credits.{{ key }}
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
{%- endmacro %}
