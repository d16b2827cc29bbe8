{# rates of money and credit: null where no money is told (nothing was told to be free), where money is missing from
   the sum, or where none of the amounts is known.
   Expects spend, media_spend, unconverted_count, credited_conversions, unpriced_conversions, credited_amount,
   credited_mrr #}
{% macro return_on_spend() -%}
{%- set is_known = 'unconverted_count = 0' -%}
{%- set is_valued = is_known ~ ' and (credited_conversions = 0 or unpriced_conversions < credited_conversions)' -%}
    case when {{ is_valued }} then
        {{ ratio('credited_amount', 'media_spend', 'decimal(18, 6)') }}
    end as roas,
    case when {{ is_valued }} then
        {{ ratio('credited_amount - spend', 'spend', 'decimal(18, 6)') }}
    end as roi,
    case when {{ is_known }} then
        {{ ratio('nullif(spend, 0)', 'credited_conversions', 'decimal(18, 2)') }}
    end as cost_per_conversion,
    case when {{ is_known }} then
        {{ ratio('nullif(spend, 0)', 'credited_mrr', 'decimal(18, 6)') }}
    end as payback_months
{%- endmacro %}
