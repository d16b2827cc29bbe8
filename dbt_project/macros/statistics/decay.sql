{# what is left of something after so many seconds when each half-life takes half, in billionths: their sums are exact #}
{% macro decay_billionths(seconds, half_life_days) -%}
    cast(round(
        1000000000 * power(2, -1e0 * {{ seconds }} / (86400 * cast({{ half_life_days }} as double)))
    ) as bigint)
{%- endmacro %}
