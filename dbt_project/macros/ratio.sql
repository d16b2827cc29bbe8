{# the only division: null where nothing could have happened. Exact, halves away from zero: computed in whole
   billionths, because the engines divide decimals into different types and round doubles by different rules #}
{% macro ratio(numerator, denominator, type='decimal(9, 6)') -%}
    cast({{ quotient(billionths(numerator), billionths(denominator), 6) }} as {{ type }})
{%- endmacro %}

{# of whole numbers, as a decimal of so many digits #}
{% macro quotient(numerator, denominator, digits) -%}
    cast({{ whole_quotient(
        2 * 10 ** digits ~ ' * ' ~ numerator ~ ' + abs(' ~ denominator ~ ')'
            ~ ' * case when ' ~ numerator ~ ' < 0 then -1 else 1 end',
        'nullif(2 * ' ~ denominator ~ ', 0)'
    ) }} as decimal(20, 0)) * 0.{{ '0' * (digits - 1) }}1
{%- endmacro %}

{% macro billionths(number) -%}
    cast(cast({{ number }} as decimal(38, 9)) * 1000000000 as {{ wide_integer() }})
{%- endmacro %}
