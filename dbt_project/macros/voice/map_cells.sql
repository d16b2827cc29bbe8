{# CTE `cells`: each stage as a whole, whatever is described, and whatever was met, with the KPI that judges it.
   Expects the relations texts, stages, kpi_choices, met and shown in scope. #}
{% macro map_cells() -%}
named_cells as (
    select
        stage,
        'all' as touchpoint_type
    from stages
    union distinct
    select
        stage,
        touchpoint_type
    from texts
    union distinct
    select
        stage,
        touchpoint_type
    from met
),

cells as (
    select
        named_cells.stage,
        named_cells.touchpoint_type,
        stages.place as stage_place,
        coalesce(texts.company_goal, stages.company_goal) as company_goal,
        coalesce(texts.customer_goal, stages.customer_goal) as customer_goal,
        texts.expectation,
        texts.question,
        texts.owner,
        texts.when_missed,
        texts.stage is not null or named_cells.touchpoint_type = 'all' as is_described,
        coalesce(texts.kpi_id, kpi_choices.kpi_id) as kpi_id,
        coalesce(shown.channels, '[]') as channels,
        coalesce(shown.top_content, '[]') as top_content,
        cast(coalesce(met.touches, 0) as bigint) as touches,
        cast(coalesce(met.accounts, 0) as bigint) as accounts,
        cast(coalesce(met.persons, 0) as bigint) as persons
    from named_cells
    left join stages
        on named_cells.stage = stages.stage
    left join texts
        on named_cells.stage = texts.stage
        and named_cells.touchpoint_type = texts.touchpoint_type
    left join kpi_choices
        on named_cells.touchpoint_type = kpi_choices.touchpoint_type
    left join met
        on named_cells.stage = met.stage
        and named_cells.touchpoint_type = met.touchpoint_type
    left join shown
        on named_cells.stage = shown.stage
        and named_cells.touchpoint_type = shown.touchpoint_type
)
{%- endmacro %}
