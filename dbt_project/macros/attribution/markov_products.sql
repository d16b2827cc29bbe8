{# products and sums of steps and visits of a chain, see channel_removals #}

{# product of two relations of steps; what has become too small to count is left out #}
{% macro chained(first_steps, next_steps) -%}
    select *
    from (
        select
            firsts.model_id,
            firsts.conversion_type,
            firsts.from_channel,
            nexts.to_channel,
            cast({{ whole_quotient('sum(firsts.units * nexts.units)', chain_unit()) }} as {{ wide_integer() }}) as units
        from {{ first_steps }} as firsts
        inner join {{ next_steps }} as nexts
            on firsts.model_id = nexts.model_id
            and firsts.conversion_type = nexts.conversion_type
            and firsts.to_channel = nexts.from_channel
        group by firsts.model_id, firsts.conversion_type, firsts.from_channel, nexts.to_channel
    ) as products
    where units > 0
{%- endmacro %}

{% macro added(visits, more_visits) -%}
    select
        model_id,
        conversion_type,
        from_channel,
        to_channel,
        cast(sum(units) as {{ wide_integer() }}) as units
    from (
        select * from {{ visits }}
        union all
        {{ more_visits }}
    ) as all_visits
    group by model_id, conversion_type, from_channel, to_channel
{%- endmacro %}
