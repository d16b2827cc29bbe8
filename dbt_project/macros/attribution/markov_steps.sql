{# the queries of one chain, see channel_removals. Shares and visits are whole 1e-15ths (`units`) #}
{% macro chain_unit() -%} cast(1000000000000000 as {{ wide_integer() }}) {%- endmacro %}

{# share of each step among those from its channel; the start and the end have no name, only a conversion converts #}
{% macro step_parts(steps) -%}
    select
        model_id,
        conversion_type,
        from_channel,
        to_channel,
        is_converted,
        cast({{ whole_quotient(
            'cast(step_count as ' ~ wide_integer() ~ ') * ' ~ chain_unit(), 'cast(all_steps as ' ~ wide_integer() ~ ')'
        ) }} as {{ wide_integer() }}) as units
    from (
        select
            *,
            sum(step_count) over (
                partition by model_id, conversion_type, from_channel
            ) as all_steps
        from {{ steps }}
        where method = 'removal_effect'
    ) as weighed
{%- endmacro %}

{# Q: from channel to channel #}
{% macro inner_steps(parts) -%}
    select
        model_id,
        conversion_type,
        from_channel,
        to_channel,
        cast(sum(units) as {{ wide_integer() }}) as units
    from {{ parts }}
    where from_channel is not null and to_channel is not null
    group by model_id, conversion_type, from_channel, to_channel
{%- endmacro %}

{# I: who is in a channel visits it once #}
{% macro own_visits(parts) -%}
    select distinct
        model_id,
        conversion_type,
        to_channel as from_channel,
        to_channel,
        {{ chain_unit() }} as units
    from {{ parts }}
    where to_channel is not null
{%- endmacro %}
