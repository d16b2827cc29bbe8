{# how long something takes, those who still wait included: per group the first number of days by which a share of all
   cases is expected to be through; null where it was not reached while anybody was watched. `shares` names the
   columns; `relation` as for survival_curve.
   Returns a query: the keys, case_count, event_count, the columns of `shares`, waiting_share (of those watched to the
   end of the observed days). #}
{% macro kaplan_meier(relation, keys, days='days', is_event='is_event', shares={'median_days': 0.5, 'p90_days': 0.9}) -%}
with

survival_curve as (
    {{ survival_curve(relation, keys, days, is_event) }}
),

kaplan_meier as (
    select
        {% for key in keys %}{{ key }}, {% endfor -%}
        max(at_risk_count) as case_count,
        cast(sum(event_count) as bigint) as event_count,
        {% for name, share in shares.items() -%}
            min(case when survival <= {{ (1 - share) | round(6) }} then days end) as {{ name }},
        {% endfor -%}
        min(survival) as waiting_share
    from survival_curve
    {{ 'group by ' ~ keys | join(', ') if keys }}
)

select * from kaplan_meier
{%- endmacro %}
