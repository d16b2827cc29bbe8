{# the moments of the anchors that windows ask for: the conversion of that type on the same evidence (the deal's own
   opening), else the earliest one of the path's owner in the window.
   `opened`: anchor_type and second_anchor_type per conversion and window, with path_owner_id, evidence and
   window_opened_at; `conversions`: int_conversions_unioned.
   Returns a query: conversion_id, window_opened_at, wanted_type, anchored_at. #}
{% macro anchor_moments(opened, conversions) -%}
with

wanted_anchors as (
    {%- for wanted_type in ['anchor_type', 'second_anchor_type'] %}
    select
        conversion_id,
        path_owner_id,
        evidence_type,
        evidence_id,
        occurred_at,
        window_opened_at,
        {{ wanted_type }} as wanted_type
    from {{ opened }}
    where {{ wanted_type }} is not null
    {{ 'union' if not loop.last }}
    {%- endfor %}
),

moments_by_owner as (
    {%- for owner_id in ['account_id', 'person_id'] %}
    select
        {{ owner_id }} as owner_id,
        conversion_type,
        evidence_type,
        evidence_id,
        occurred_at
    from {{ conversions }}
    where {{ owner_id }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- the same deal's own moment first, else the earliest of the window
anchors as (
    select
        wanted_anchors.conversion_id,
        wanted_anchors.window_opened_at,
        wanted_anchors.wanted_type,
        coalesce(
            min(
                case
                    when moments_by_owner.evidence_type = wanted_anchors.evidence_type
                        and moments_by_owner.evidence_id = wanted_anchors.evidence_id
                        then moments_by_owner.occurred_at
                end
            ),
            min(moments_by_owner.occurred_at)
        ) as anchored_at
    from wanted_anchors
    inner join moments_by_owner
        on wanted_anchors.path_owner_id = moments_by_owner.owner_id
        and wanted_anchors.wanted_type = moments_by_owner.conversion_type
    where
        moments_by_owner.occurred_at <= wanted_anchors.occurred_at
        and moments_by_owner.occurred_at >= wanted_anchors.window_opened_at
    group by
        wanted_anchors.conversion_id, wanted_anchors.window_opened_at, wanted_anchors.wanted_type
)

select * from anchors
{%- endmacro %}
