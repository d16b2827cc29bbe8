{# an amount shared out by largest remainder over credits of few different sizes, without sorting any: touchpoints of
   equal credit have equal remainders, so one knows how many come before. `credits`: typical_credits joined with
   cents_high and cents_low (amount in cents = cents_high * 10^9 + cents_low, null where unknown).
   Returns a query: conversion_id, model_id, touchpoint_id, channel, campaign_id, credit_billionths, cents. #}
{% macro typical_cents(credits) -%}
{%- set classes = range(1, most_classes() + 1) -%}
with

divided as (
    select
        *,
        cents_low * credit_billionths as part
        {%- for class in classes %},
        (cents_low * class_{{ class }}_billionths) % 1000000000 as remainder_{{ class }}
        {%- endfor %}
    from {{ credits }}
),

ranked as (
    select
        *,
        {{ whole_quotient('part', '1000000000') }} as low_part,
        {%- for class in classes %}
        {{ '+ ' if not loop.first }}class_{{ class }}_touches * remainder_{{ class }}
        {%- endfor %} as remainders,
        {%- for class in classes %}
        {{ '+ ' if not loop.first -}}
        case
            when remainder_{{ class }} > part % 1000000000 then class_{{ class }}_touches
            when remainder_{{ class }} = part % 1000000000 then class_{{ class }}_before
            else 0
        end
        {%- endfor %} as touches_ahead
    from divided
)

select
    conversion_id,
    model_id,
    touchpoint_id,
    channel,
    campaign_id,
    credit_billionths,
    cents_high * credit_billionths + low_part
    + case when touches_ahead * 1000000000 < remainders then 1 else 0 end as cents
from ranked
{%- endmacro %}

{# how many different credits a model without a half-life or weights gives along one path: those of its four anchors and
   two of the others, of which some have a billionth more #}
{% macro most_classes() -%}
    {{ return(6) }}
{%- endmacro %}
