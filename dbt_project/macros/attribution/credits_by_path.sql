{# what models with a half-life, with weights or by channels give: no path of theirs is like another. `modelled`:
   modelled_paths; `billionths`: its path_billionths; `paths`: path_positions.
   Returns a query: conversion_id, model_id, touchpoint_id, channel, campaign_id, credit_billionths, cents; a conversion
   that gives nobody any has one row without a touchpoint. #}
{% macro credits_by_path(modelled, billionths, paths) -%}
with

complete as (
    select
        modelled.path_key,
        modelled.look_key,
        modelled.amount_cents,
        billionths.position_in_path,
        coalesce(billionths.credit_billionths, 1000000000) as credit_billionths
    from {{ modelled }} as modelled
    left join {{ billionths }} as billionths
        on modelled.path_key = billionths.path_key
),

valued as (
    {{ cents_shared(
        relation='complete',
        cents='amount_cents',
        billionths='credit_billionths',
        partition_by='path_key',
        order_by='position_in_path nulls last',
    ) }}
)

select
    modelled.conversion_id,
    modelled.model_id,
    paths.touchpoint_id,
    paths.channel,
    paths.campaign_id,
    valued.credit_billionths,
    valued.units as cents
from valued
inner join {{ modelled }} as modelled
    on valued.path_key = modelled.path_key
left join {{ paths }} as paths
    on valued.look_key = paths.look_key
    and valued.position_in_path = paths.position_in_path
{%- endmacro %}
