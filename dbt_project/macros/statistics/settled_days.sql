{# by how many days a share of whatever will come has come: of those who still wait at the end of the observed days none is
   expected to follow, so that also a step which few take can be said to be over. `curve` is a survival_curve.
   Returns a query: the keys, event_count, settled_days (null where nothing ever came). #}
{% macro settled_days(curve, keys, share=0.9) -%}
with

ends as (
    select
        {{ keys | join(', ') }},
        cast(sum(event_count) as bigint) as event_count,
        min(survival) as waiting_share
    from {{ curve }}
    group by {{ keys | join(', ') }}
),

settled as (
    select
        {% for key in keys %}ends.{{ key }}, {% endfor -%}
        ends.event_count,
        min(case
            when curve.survival <= 1 - {{ share }} * (1 - ends.waiting_share) then curve.days
        end) as settled_days
    from ends
    inner join {{ curve }} as curve
        on {% for key in keys %}{{ 'and ' if not loop.first }}ends.{{ key }} = curve.{{ key }}
        {% endfor %}
    where ends.event_count > 0
    group by {% for key in keys %}ends.{{ key }}, {% endfor %}ends.event_count
)

select * from settled
{%- endmacro %}
