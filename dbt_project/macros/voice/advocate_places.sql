{# CTEs: by motion, the places on its ladder of those who recommend and of the customers who may (`customer_places`).
   Expects the relations rules, ladder and steps in scope. #}
{% macro advocate_places() -%}
-- a row without a stage speaks of the top of the ladder, whoever has reached it
advocate_places as (
    select
        ladder.motion,
        max(ladder.position) as advocate_position
    from ladder
    inner join rules
        on rules.kind = 'recommendation'
        and (rules.stage is null or rules.stage = ladder.stage)
    where not ladder.is_outside
    group by ladder.motion
),

-- customers are whom the rules let into that stage; where they ask for none, who stands below it
customer_places as (
    select
        places.motion,
        places.advocate_position,
        coalesce(min(ladder.position), places.advocate_position - 1) as customer_position
    from advocate_places as places
    left join steps
        on places.motion = steps.motion
        and places.advocate_position = steps.to_position
        and not steps.is_exit
    left join ladder
        on steps.motion = ladder.motion
        and steps.from_stage = ladder.stage
        and not ladder.is_outside
    group by places.motion, places.advocate_position
)
{%- endmacro %}
