{# query: credits summed by `keys` (name -> expression), month of the conversion, model and conversion type.
   `credits`: fct_attribution, or the same with more columns. What an account pays a month is credited to conversions
   that an account has once by their rule: it would be summed as often as it converts. #}
{% macro credit_sums(credits, keys) -%}
    select
        {%- for key, expression in keys.items() %}
        {{ expression }} as {{ key }},
        {%- endfor %}
        {{ local_month('credits.converted_at') }} as month,
        credits.model_id,
        credits.conversion_type,
        cast(sum(credits.credit) as decimal(18, 9)) as credited_conversions,
        cast(sum(case when credits.credited_amount is null then credits.credit else 0 end) as decimal(18, 9))
            as unpriced_conversions,
        cast(sum(credits.credited_amount) as decimal(18, 2)) as credited_amount,
        -- 20 digits: a product of two decimals of at most 18 stays at 18 on DuckDB, and overflows
        cast(sum(
            case when types.is_once then credits.credit * cast(billed.first_mrr as decimal(20, 2)) end
        ) as decimal(18, 2)) as credited_mrr
    from {{ credits }} as credits
    left join {{ ref('int_account_first_mrr_summed') }} as billed
        on credits.account_id = billed.account_id
    left join (
        select
            conversion_type,
            min(case when once_per = 'account' then 1 else 0 end) = 1 as is_once
        from {{ ref('conversion_rules') }}
        where is_active
        group by conversion_type
    ) as types
        on credits.conversion_type = types.conversion_type
    group by
        {{ keys.values() | join(', ') }}, {{ local_month('credits.converted_at') }}, credits.model_id,
        credits.conversion_type
{%- endmacro %}
