{# what each source says of a channel, in one form: credits by removal, credits by path, where paths end, and what is
   left to nobody. All are relations of rpt_channel_influence. #}
{% macro told_influences(samples, accepted, removed, credits, steps) -%}
select
    *,
    0 as last_touch_conversions
from {{ removed }} as removed
union all
select
    credits.model_id,
    credits.conversion_type,
    coalesce(credits.channel, {{ no_channel() }}) as channel,
    null as removal_effect,
    credits.credit as credited_conversions,
    credits.credited_amount,
    0 as last_touch_conversions
from {{ credits }} as credits
inner join {{ accepted }} as accepted
    on credits.model_id = accepted.model_id
    and credits.conversion_type = accepted.conversion_type
union all
select
    steps.model_id,
    steps.conversion_type,
    steps.from_channel as channel,
    null as removal_effect,
    0 as credited_conversions,
    null as credited_amount,
    steps.step_count as last_touch_conversions
from {{ steps }} as steps
inner join {{ accepted }} as accepted
    on steps.model_id = accepted.model_id
    and steps.conversion_type = accepted.conversion_type
where steps.to_channel is null and steps.is_converted
union all
select
    model_id,
    conversion_type,
    {{ no_channel() }} as channel,
    null as removal_effect,
    left_conversions as credited_conversions,
    left_amount as credited_amount,
    0 as last_touch_conversions
from {{ samples }} as samples
where is_refused or left_conversions > 0
{%- endmacro %}
