{# share of cases pulled towards a base share by so many cases of it: few cases say little. Null where no base is known. #}
{% macro smoothed_rate(hits, cases, base, prior_cases) -%}
    cast(round(cast(
        (cast({{ hits }} as double) + cast({{ prior_cases }} as double) * cast({{ base }} as double))
        / nullif(cast({{ cases }} as double) + cast({{ prior_cases }} as double), 0) as decimal(18, 9)
    ), 6) as decimal(9, 6))
{%- endmacro %}

{# how many times the base share a smoothed share is; null where the base is 0 #}
{% macro lift(hits, cases, base, prior_cases) -%}
    {{ ratio(smoothed_rate(hits, cases, base, prior_cases), base, 'decimal(18, 6)') }}
{%- endmacro %}

{# lower (side -1) or upper (side 1) end of the interval of the ratio of two shares: of a group against the REST
   (never the whole, which holds the group). Katz on the log scale with half a hit and half a miss added, so that no hit
   at all, and nothing but hits, have a width too. Without a hit the lower end is 0, as the ratio is; without a hit of the
   rest the upper end is null, as nothing bounds it. `z`: width in standard deviations, from statistics_settings or
   statistics_bounds. Null where either side has no case. #}
{% macro lift_bound(hits, cases, rest_hits, rest_cases, side, z='1.959964') -%}
    {%- set hit = '(cast(' ~ hits ~ ' as double) + 0.5)' -%}
    {%- set n = '(nullif(cast(' ~ cases ~ ' as double), 0) + 1)' -%}
    {%- set rest_hit = '(cast(' ~ rest_hits ~ ' as double) + 0.5)' -%}
    {%- set rest_n = '(nullif(cast(' ~ rest_cases ~ ' as double), 0) + 1)' -%}
    {%- set known = 'case when ' ~ hits ~ ' = 0 then 0 else 1 end' if side < 0
        else 'case when ' ~ rest_hits ~ ' > 0 then 1 end' %}
    cast(round(cast(
        {{ known }} * {{ hit }} / {{ n }} / {{ rest_hit }} * {{ rest_n }}
        * exp(({{ side }}) * cast({{ z }} as double) * sqrt(greatest(
            1 / {{ hit }} - 1 / {{ n }} + 1 / {{ rest_hit }} - 1 / {{ rest_n }}, 0
        ))) as decimal(28, 9)
    ), 6) as decimal(18, 6))
{%- endmacro %}

{# how many standard deviations two shares lie apart (pooled), with a sign: the group above the rest is positive.
   Null where either side has no case, or all or none of both are hits. #}
{% macro share_distance(hits, cases, rest_hits, rest_cases) -%}
    {%- set n = 'nullif(cast(' ~ cases ~ ' as double), 0)' -%}
    {%- set rest_n = 'nullif(cast(' ~ rest_cases ~ ' as double), 0)' -%}
    {%- set pooled = '((cast(' ~ hits ~ ' as double) + cast(' ~ rest_hits ~ ' as double)) / (' ~ n ~ ' + ' ~ rest_n ~ '))'
    -%}
    cast(round(cast(
        (cast({{ hits }} as double) / {{ n }} - cast({{ rest_hits }} as double) / {{ rest_n }})
        / nullif(sqrt({{ pooled }} * (1 - {{ pooled }}) * (1 / {{ n }} + 1 / {{ rest_n }})), 0) as decimal(18, 9)
    ), 6) as decimal(12, 6))
{%- endmacro %}

{# natural logarithm of a lift, so that lifts of several values add up; null where it is null or 0 #}
{% macro log_lift(lift) -%}
    cast(round(cast(
        ln(nullif(cast({{ lift }} as double), 0)) as decimal(18, 9)
    ), 6) as decimal(12, 6))
{%- endmacro %}

{# rows of statistics_bounds as ranges: above_tests < number of comparisons <= max_tests; the last has no end #}
{% macro spanned_bounds() -%}
    select
        z_needed,
        coalesce(lag(max_tests) over (order by max_tests, bound_id), 0) as above_tests,
        case
            when lead(max_tests) over (order by max_tests, bound_id) is null then 1000000000
            else max_tests
        end as max_tests
    from {{ ref('statistics_bounds') }}
    where is_active
{%- endmacro %}
