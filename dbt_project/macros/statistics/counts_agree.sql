{# whether two counts differ by no more than chance would let them: the variance of a count is the count, so that
   of their difference is their sum; 3.841459 is the square of the 1.96 of a 95 % interval. Null if either is. #}
{% macro counts_agree(one, other) -%}
    {%- set one, other = 'cast(' ~ one ~ ' as double)', 'cast(' ~ other ~ ' as double)' -%}
    ({{ one }} - {{ other }}) * ({{ one }} - {{ other }})
    <= cast(3.841459 as double) * ({{ one }} + {{ other }})
{%- endmacro %}
