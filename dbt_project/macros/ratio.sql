{# the only division: null where nothing could have happened. Decimal by decimal is a double on DuckDB
   and a decimal on Spark, hence the casts on both sides; money ratios pass a wider type. #}
{% macro ratio(numerator, denominator, type='decimal(9, 6)') -%}
    cast(
        round(cast({{ numerator }} as double) / nullif(cast({{ denominator }} as double), 0), 6)
        as {{ type }}
    )
{%- endmacro %}
