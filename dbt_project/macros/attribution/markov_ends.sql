{# where journeys of a chain begin, and how those in a channel end, see channel_removals #}

{# chance of a conversion from each channel on: N r #}
{% macro conversion_chances(parts, visits) -%}
select
    visits.model_id,
    visits.conversion_type,
    visits.from_channel as channel,
    {{ whole_quotient('sum(visits.units * ends.units)', chain_unit()) }} as chance
from {{ visits }} as visits
inner join {{ parts }} as ends
    on visits.model_id = ends.model_id
    and visits.conversion_type = ends.conversion_type
    and visits.to_channel = ends.from_channel
    and ends.to_channel is null
    and ends.is_converted
group by visits.model_id, visits.conversion_type, visits.from_channel
{%- endmacro %}

{# share of journeys that begin in each channel #}
{% macro first_steps(parts) -%}
select
    model_id,
    conversion_type,
    to_channel as channel,
    sum(units) as units
from {{ parts }}
where from_channel is null
group by model_id, conversion_type, to_channel
{%- endmacro %}

{# the same columns without rows, from the counts they come from: what a model is while nothing is run #}
{% macro no_removals(steps) -%}
select
    model_id,
    conversion_type,
    to_channel as channel,
    cast(step_count as decimal(18, 15)) as removal_effect,
    cast(step_count as decimal(18, 15)) as start_chance
from {{ steps }}
where 1 = 0
{%- endmacro %}
