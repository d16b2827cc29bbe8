{# conversions with a path and their amount shared out by removal effect: whole billionths of the share, so that its
   products with whole conversions sum to all of them, and whole cents. `samples`: influence_samples without the
   refused; `removals`: int_channel_removals_solved. Returns a query: model_id, conversion_type, channel,
   removal_effect, credited_conversions, credited_amount. #}
{% macro credits_by_removal(samples, removals) -%}
with

weighed as (
    select
        samples.model_id,
        samples.conversion_type,
        samples.path_conversions,
        cast(samples.path_amount * 100 as bigint) as path_cents,
        removals.channel,
        removals.removal_effect,
        sum(removals.removal_effect) over (
            partition by samples.model_id, samples.conversion_type
        ) as all_effects
    from {{ samples }} as samples
    inner join {{ removals }} as removals
        on samples.model_id = removals.model_id
        and samples.conversion_type = removals.conversion_type
),

shared as (
    {{ largest_remainder(
        relation='weighed',
        exact='cast(removal_effect as double) / cast(all_effects as double) * 1000000000',
        total='1000000000',
        partition_by='model_id, conversion_type',
        order_by='channel',
    ) }}
),

shares as (
    select
        model_id,
        conversion_type,
        channel,
        removal_effect,
        path_conversions,
        path_cents,
        units as share_billionths
    from shared
),

cents as (
    {{ cents_shared(
        relation='shares',
        cents='path_cents',
        billionths='share_billionths',
        partition_by='model_id, conversion_type',
        order_by='channel',
    ) }}
)

select
    model_id,
    conversion_type,
    channel,
    removal_effect,
    cast(share_billionths * path_conversions * 0.000000001 as decimal(18, 9))
        as credited_conversions,
    cast(units * 0.01 as decimal(18, 2)) as credited_amount
from cents
{%- endmacro %}
