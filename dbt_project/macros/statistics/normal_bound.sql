{# lower (side -1) or upper (side 1) end of the interval of a sum of independent amounts, from its expectation and variance;
   never below 0 nor above `most`, null where nothing can be expected. `z`: half width in standard deviations #}
{% macro normal_bound(expectation, variance, side, z, most) -%}
    case when {{ expectation }} is not null then least({{ most }}, cast(round(cast(greatest(
        cast({{ expectation }} as double)
        + ({{ side }}) * cast({{ z }} as double) * sqrt(cast({{ variance }} as double)), 0
    ) as decimal(28, 9)), 2) as decimal(18, 2))) end
{%- endmacro %}
