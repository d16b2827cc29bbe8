{# the moments of the anchors that the models of conversions ask for: the conversion of that type on the same
   evidence (the deal's own opening), else the earliest one of the path's owner in the window.
   `chosen`: a row of attribution_models per conversion and model, with path_owner_id and window_opened_at;
   `conversions`: int_conversions_unioned. Returns a query: conversion_id, model_id, wanted_type, anchored_at. #}
{% macro anchor_moments(chosen, conversions) -%}
with

wanted_anchors as (
    select
        *,
        anchor_type as wanted_type
    from {{ chosen }}
    where anchor_type is not null
    union all
    select
        *,
        second_anchor_type as wanted_type
    from {{ chosen }}
    where second_anchor_type is not null
),

moments_by_owner as (
    select
        account_id as owner_id,
        conversion_type,
        evidence_type,
        evidence_id,
        occurred_at
    from {{ conversions }}
    where account_id is not null
    union all
    select
        person_id as owner_id,
        conversion_type,
        evidence_type,
        evidence_id,
        occurred_at
    from {{ conversions }}
    where person_id is not null
),

-- the same deal's own moment first, else the earliest of the window
anchors as (
    select
        wanted_anchors.conversion_id,
        wanted_anchors.model_id,
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
        wanted_anchors.conversion_id, wanted_anchors.model_id, wanted_anchors.wanted_type
)

select * from anchors
{%- endmacro %}
