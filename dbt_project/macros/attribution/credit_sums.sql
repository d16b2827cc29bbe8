{# query: credits summed by `key` (name and expression), month of the conversion, model and conversion type #}
{% macro credit_sums(key, expression) -%}
    select
        {{ expression }} as {{ key }},
        {{ local_month('credits.converted_at') }} as month,
        credits.model_id,
        credits.conversion_type,
        cast(sum(credits.credit) as decimal(18, 9)) as credited_conversions,
        cast(sum(case when credits.credited_amount is null then credits.credit else 0 end) as decimal(18, 9))
            as unpriced_conversions,
        cast(sum(credits.credited_amount) as decimal(18, 2)) as credited_amount,
        -- 20 digits: a product of two decimals of at most 18 stays at 18 on DuckDB, and overflows
        cast(sum(credits.credit * cast(billed.first_mrr as decimal(20, 2))) as decimal(18, 2))
            as credited_mrr
    from {{ ref('fct_attribution') }} as credits
    left join {{ ref('int_account_first_mrr_summed') }} as billed
        on credits.account_id = billed.account_id
    group by
        {{ expression }}, {{ local_month('credits.converted_at') }}, credits.model_id,
        credits.conversion_type
{%- endmacro %}
