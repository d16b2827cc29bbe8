{# lower (side -1) or upper (side 1) end of the interval of the difference of two means, from counts, sums and sums of
   squares (Welch: each side has its own variance). Null where either side has fewer than two cases. `z`: width in
   standard deviations. #}
{% macro mean_difference_bound(n, total, squares, other_n, other_total, other_squares, side, z='1.959964') -%}
    {%- set errors = [] -%}
    {%- set means = [] -%}
    {%- for count, sum, of_squares in [(n, total, squares), (other_n, other_total, other_squares)] -%}
        {%- set cases = 'cast(' ~ count ~ ' as double)' -%}
        {%- set amount = 'cast(' ~ sum ~ ' as double)' -%}
        {%- do means.append(amount ~ ' / nullif(' ~ cases ~ ', 0)') -%}
        {%- do errors.append(
            'greatest(cast(' ~ of_squares ~ ' as double) - ' ~ amount ~ ' * ' ~ amount ~ ' / nullif(' ~ cases
            ~ ', 0), 0) / nullif((' ~ cases ~ ' - 1) * ' ~ cases ~ ', 0)'
        ) -%}
    {%- endfor -%}
    cast(round(cast(
        {{ means[0] }} - {{ means[1] }}
        + ({{ side }}) * cast({{ z }} as double) * sqrt({{ errors[0] }} + {{ errors[1] }})
        as decimal(28, 9)
    ), 2) as decimal(18, 2))
{%- endmacro %}
