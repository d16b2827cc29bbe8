{# what a chain loses without each of its channels, see channel_removals: `parts`: shares of the steps, with start and
   end; `visits`: N. Returns a query: model_id, conversion_type, channel, removal_effect, start_chance (the share of
   journeys that convert, by the chain: it equals the observed one). #}
{% macro removal_effects(parts, visits) -%}
with

chances as (
    {{ conversion_chances(parts, visits) }}
),

starts as (
    {{ first_steps(parts) }}
),

start_chances as (
    select
        starts.model_id,
        starts.conversion_type,
        {{ whole_quotient('sum(starts.units * chances.chance)', chain_unit()) }} as chance
    from starts
    inner join chances
        on starts.model_id = chances.model_id
        and starts.conversion_type = chances.conversion_type
        and starts.channel = chances.channel
    group by starts.model_id, starts.conversion_type
),

reached as (
    select
        visits.model_id,
        visits.conversion_type,
        visits.to_channel as channel,
        {{ whole_quotient('sum(starts.units * visits.units)', chain_unit()) }} as visits,
        sum(case when visits.from_channel = visits.to_channel then visits.units end) as own_visits
    from {{ visits }} as visits
    left join starts
        on visits.model_id = starts.model_id
        and visits.conversion_type = starts.conversion_type
        and visits.from_channel = starts.channel
    group by visits.model_id, visits.conversion_type, visits.to_channel
),

removed as (
    select
        reached.model_id,
        reached.conversion_type,
        reached.channel,
        cast(round(
            cast(reached.visits as double) / cast(reached.own_visits as double)
            * cast(coalesce(chances.chance, 0) as double) / cast(start_chances.chance as double), 15
        ) as decimal(18, 15)) as removal_effect,
        cast(start_chances.chance as decimal(18, 0)) * 0.000000000000001 as start_chance
    from reached
    inner join start_chances
        on reached.model_id = start_chances.model_id
        and reached.conversion_type = start_chances.conversion_type
    left join chances
        on reached.model_id = chances.model_id
        and reached.conversion_type = chances.conversion_type
        and reached.channel = chances.channel
)

select * from removed
{%- endmacro %}
