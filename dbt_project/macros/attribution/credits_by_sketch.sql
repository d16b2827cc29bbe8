{# what typical models give: one answer for all paths of one sketch, and the cents by arithmetic.
   `sketched`: path_sketches; `sketches`: its different values of the columns `sketch`, with sketch_key;
   `typical_credits`: what each of them gives; `paths`: path_positions.
   Returns a query: conversion_id, model_id, touchpoint_id, channel, campaign_id, credit_billionths, cents; a conversion
   that gives nobody any has one row without a touchpoint. #}
{% macro credits_by_sketch(sketched, sketches, typical_credits, paths, sketch) -%}
with

-- below nothing the high part is one less and the low one stays positive: the floor is the floor
keyed as (
    select
        sketched.conversion_id,
        sketched.look_key,
        sketched.path_length,
        sketches.sketch_key,
        sketched.amount_cents,
        {{ whole_quotient('sketched.amount_cents', '1000000000') }}
        - case when sketched.amount_cents < 0 then 1 else 0 end as cents_high
    from {{ sketched }} as sketched
    inner join {{ sketches }} as sketches
        on {{ same_columns('sketched', 'sketches', sketch) }}
),

credited as (
    select
        keyed.conversion_id,
        keyed.cents_high,
        keyed.amount_cents - keyed.cents_high * 1000000000 as cents_low,
        paths.touchpoint_id,
        paths.channel,
        paths.campaign_id,
        typical_credits.*
    from keyed
    inner join {{ paths }} as paths
        on keyed.look_key = paths.look_key
    inner join {{ typical_credits }} as typical_credits
        on keyed.sketch_key = typical_credits.sketch_key
        -- of both others: DuckDB would begin with positions alone, which are all alike
        and keyed.path_length - paths.position_in_path = typical_credits.steps_left
),

shared as (
    {{ typical_cents('credited') }}
)

select * from shared
union all
select
    keyed.conversion_id,
    typical_credits.model_id,
    null as touchpoint_id,
    null as channel,
    null as campaign_id,
    1000000000 as credit_billionths,
    keyed.amount_cents as cents
from keyed
inner join {{ typical_credits }} as typical_credits
    on keyed.sketch_key = typical_credits.sketch_key
where typical_credits.steps_left is null
{%- endmacro %}
