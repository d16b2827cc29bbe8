{# an amount in the reporting currency at the rate of its day; null where no rate is known.
   Expects the relation `rates`, a join to exchange_rates, in scope as the given alias. The wider
   amount makes room for the product: DuckDB keeps that of two decimals of 18 digits in 18. #}
{% macro in_reporting_currency(amount, currency, rate) -%}
    cast(round(
        case
            when {{ currency }} is null or {{ currency }} = '{{ var("reporting_currency") }}'
                then {{ amount }}
            else cast({{ amount }} as decimal(20, 4)) * {{ rate }}
        end, 2
    ) as decimal(18, 2))
{%- endmacro %}
