{# lower (side -1) or upper (side 1) end of the 95 % interval of a share by Wilson's score: it stays within 0 and 1
   and is wide where cases are few. Null where there is no case. #}
{% macro wilson_bound(successes, cases, side) -%}
    {%- set n = 'nullif(cast(' ~ cases ~ ' as double), 0)' -%}
    {%- set p = '(cast(' ~ successes ~ ' as double) / ' ~ n ~ ')' -%}
    {%- set z = '1.959964' -%}
    {%- set z2 = '3.841459' -%}
    cast(round(cast(
        (
            {{ p }} + {{ z2 }} / (2 * {{ n }})
            + ({{ side }}) * {{ z }} * sqrt(greatest(
                {{ p }} * (1 - {{ p }}) / {{ n }} + {{ z2 }} / (4 * {{ n }} * {{ n }}), 0
            ))
        ) / (1 + {{ z2 }} / {{ n }}) as decimal(18, 9)
    ), 6) as decimal(9, 6))
{%- endmacro %}
