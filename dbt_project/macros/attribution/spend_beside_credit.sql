{# what was spent beside what was credited, by `keys` and month; spend is repeated in every model and type.
   `spend`: the keys, month and spend_sums; `credits`: keys, month, model_id, conversion_type and sums of credits;
   `models`: models_with_refusals. Returns a query: one row per keys, month, model and type with either. #}
{% macro spend_beside_credit(keys, spend, credits, models) -%}
{%- set row = keys + ['month', 'model_id', 'conversion_type'] -%}
with

spend_per_model as (
    select
        {%- for key in keys %}
        spend.{{ key }},
        {%- endfor %}
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
        {%- for column in row %}
        coalesce(spend_per_model.{{ column }}, credits.{{ column }}) as {{ column }},
        {%- endfor %}
        cast(coalesce(spend_per_model.spend, 0) as decimal(18, 2)) as spend,
        cast(coalesce(spend_per_model.media_spend, 0) as decimal(18, 2)) as media_spend,
        cast(coalesce(spend_per_model.platform_conversions, 0) as decimal(18, 4))
            as platform_conversions,
        cast(coalesce(spend_per_model.unconverted_count, 0) as bigint) as unconverted_count,
        cast(coalesce(credits.credited_conversions, 0) as decimal(18, 9)) as credited_conversions,
        cast(coalesce(credits.unpriced_conversions, 0) as decimal(18, 9)) as unpriced_conversions,
        cast(case when credits.model_id is null then 0 else credits.credited_amount end as decimal(18, 2))
            as credited_amount,
        credits.credited_mrr
    from spend_per_model
    full outer join {{ credits }} as credits
        on {{ same_columns('spend_per_model', 'credits', row) }}
),

judged as (
    select
        joined.*,
        models.refusal_reason
    from joined
    left join {{ models }} as models
        on joined.model_id = models.model_id
        and joined.conversion_type = models.conversion_type
),

divided as (
    select
        *,
        {{ return_on_spend() }}
    from judged
)

select * from divided
{%- endmacro %}
