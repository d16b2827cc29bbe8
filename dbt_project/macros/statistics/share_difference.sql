{# lower (side -1) or upper (side 1) end of the interval of the difference of two shares. Null where either side has
   no case. `z`: width in standard deviations. #}
{% macro share_difference_bound(hits, cases, other_hits, other_cases, side, z='1.959964') -%}
    {%- set n = 'nullif(cast(' ~ cases ~ ' as double), 0)' -%}
    {%- set other_n = 'nullif(cast(' ~ other_cases ~ ' as double), 0)' -%}
    {%- set p = '(cast(' ~ hits ~ ' as double) / ' ~ n ~ ')' -%}
    {%- set other_p = '(cast(' ~ other_hits ~ ' as double) / ' ~ other_n ~ ')' -%}
    cast(round(cast(
        {{ p }} - {{ other_p }} + ({{ side }}) * cast({{ z }} as double)
        * sqrt({{ p }} * (1 - {{ p }}) / {{ n }} + {{ other_p }} * (1 - {{ other_p }}) / {{ other_n }})
        as decimal(18, 9)
    ), 6) as decimal(9, 6))
{%- endmacro %}

{# cases each side needs to see a share differ from `base` by the relative `effect`, 8 times of 10, when a difference
   that is none is believed 1 time of 20 (the 0.841621 and `z`). Null where the base, or what it would become, is no
   share strictly between 0 and 1. #}
{% macro needed_cases(base, effect, z='1.959964') -%}
    {%- set p = 'cast(' ~ base ~ ' as double)' -%}
    {%- set q = '(cast(' ~ base ~ ' as double) * (1 + cast(' ~ effect ~ ' as double)))' -%}
    {%- set mean = '((' ~ p ~ ' + ' ~ q ~ ') / 2)' -%}
    case
        when {{ p }} > 0 and {{ p }} < 1 and {{ q }} > 0 and {{ q }} < 1 and {{ p }} <> {{ q }}
            then cast(round(cast(
                (
                    cast({{ z }} as double) * sqrt(2 * {{ mean }} * (1 - {{ mean }}))
                    + 0.841621 * sqrt({{ p }} * (1 - {{ p }}) + {{ q }} * (1 - {{ q }}))
                )
                * (
                    cast({{ z }} as double) * sqrt(2 * {{ mean }} * (1 - {{ mean }}))
                    + 0.841621 * sqrt({{ p }} * (1 - {{ p }}) + {{ q }} * (1 - {{ q }}))
                )
                / (({{ p }} - {{ q }}) * ({{ p }} - {{ q }})) + 0.5 as decimal(28, 9)
            ), 0) as bigint)
    end
{%- endmacro %}
