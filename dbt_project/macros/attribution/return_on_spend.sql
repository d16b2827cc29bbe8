{# rates of money and credit: null where the model refuses, where no money is told (nothing was told to be free), where
   money is missing from the sum, or where what it is divided by is not known.
   Expects spend, media_spend, unconverted_count, credited_conversions, credited_amount, credited_mrr, refusal_reason #}
{% macro return_on_spend() -%}
{%- for rate, of in {
    'roas': ratio('credited_amount', 'media_spend', 'decimal(18, 6)'),
    'roi': ratio('credited_amount - spend', 'spend', 'decimal(18, 6)'),
    'cost_per_conversion': ratio('nullif(spend, 0)', 'credited_conversions', 'decimal(18, 2)'),
    'payback_months': ratio('nullif(spend, 0)', 'credited_mrr', 'decimal(18, 6)'),
}.items() %}
    case when unconverted_count = 0 and refusal_reason is null then {{ of }} end
        as {{ rate }}{{ ',' if not loop.last }}
{%- endfor %}
{%- endmacro %}
