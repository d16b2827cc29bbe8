{# what models with a half-life, with weights or by channels give: no path of theirs is like another. `sketched`:
   path_sketches; `models`: models_by_kind with is_typical; `paths`: path_positions.
   Returns a query: conversion_id, model_id, touchpoint_id, channel, campaign_id, credit_billionths, cents; a conversion
   that gives nobody any has one row without a touchpoint. #}
{% macro credits_by_path(sketched, models, paths) -%}
with

modelled as (
    select
        sketched.conversion_id,
        sketched.look_key,
        sketched.amount_cents,
        sketched.path_length,
        sketched.last_touch_at,
        sketched.anchor_position,
        sketched.second_anchor_position,
        models.*,
        {{ statement_key(['sketched.look_key', 'models.model_id']) }} as path_key
    from {{ sketched }} as sketched
    inner join {{ models }} as models
        on {{ same_columns('sketched', 'models', ['conversion_type', 'motion', 'window_kind']) }}
    where not models.is_typical
),

billionths as (
    {{ path_billionths('modelled', paths) }}
),

complete as (
    select
        modelled.path_key,
        modelled.look_key,
        modelled.amount_cents,
        billionths.position_in_path,
        coalesce(billionths.credit_billionths, 1000000000) as credit_billionths
    from modelled
    left join billionths
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
inner join modelled
    on valued.path_key = modelled.path_key
left join {{ paths }} as paths
    on valued.look_key = paths.look_key
    and valued.position_in_path = paths.position_in_path
{%- endmacro %}
