{# lower (side -1) or upper (side 1) end of the 95 % interval of the difference of two shares: Newcombe, from the Wilson
   intervals of both, so that shares of 0 or 1 have a width too. Null where either side has no case. #}
{% macro share_difference_bound(hits, cases, other_hits, other_cases, side) -%}
    {%- set p = '(cast(' ~ hits ~ ' as double) / nullif(cast(' ~ cases ~ ' as double), 0))' -%}
    {%- set other_p = '(cast(' ~ other_hits ~ ' as double) / nullif(cast(' ~ other_cases ~ ' as double), 0))' -%}
    {%- set arm = '(cast(' ~ wilson_bound(hits, cases, side) ~ ' as double) - ' ~ p ~ ')' -%}
    {%- set other_arm = '(cast(' ~ wilson_bound(other_hits, other_cases, -side) ~ ' as double) - ' ~ other_p ~ ')' -%}
    cast(round(cast(
        {{ p }} - {{ other_p }} + ({{ side }}) * sqrt({{ arm }} * {{ arm }} + {{ other_arm }} * {{ other_arm }})
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
