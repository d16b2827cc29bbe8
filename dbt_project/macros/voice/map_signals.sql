{# CTEs: the last value of each cell's KPI (`last_values`) and the findings that lie there, the furthest apart first
   (`signals`). Expects the relations cells, kpis, pain_points and pain_kinds in scope. #}
{% macro map_signals() -%}
valued as (
    select
        cells.stage,
        cells.touchpoint_type,
        kpis.*,
        row_number() over (
            partition by cells.stage, cells.touchpoint_type
            order by kpis.period_start desc, kpis.scope_type asc, kpis.scope_id asc
        ) as recency
    from cells
    inner join kpis
        on cells.kpi_id = kpis.kpi_id
),

last_values as (
    select * from valued
    where recency = 1
),

-- a group may itself be a stage or a touchpoint type; a kind without one lies in the stage as a whole
pains as (
    select
        pain_points.*,
        case
            when pain_points.slice_type = 'stage' then pain_points.slice_value
            when pain_points.stage <> 'all' then pain_points.stage
            else pain_kinds.stage
        end as pain_stage,
        case
            when pain_points.slice_type = 'touchpoint_type' then pain_points.slice_value
            else coalesce(pain_kinds.touchpoint_types, 'all')
        end as pain_types
    from pain_points
    inner join pain_kinds
        on pain_points.kind = pain_kinds.kind
),

signals as (
    select
        cells.stage,
        cells.touchpoint_type,
        pains.finding_id,
        pains.where_found,
        pains.what,
        pains.next_action,
        pains.n,
        pains.rate,
        pains.base_rate,
        row_number() over (
            partition by cells.stage, cells.touchpoint_type
            order by pains.distance desc, pains.finding_id asc
        ) as place,
        count(*) over (partition by cells.stage, cells.touchpoint_type) as pain_count
    from cells
    inner join pains
        on cells.stage = coalesce(pains.pain_stage, cells.stage)
        and {{ list_has('pains.pain_types', 'cells.touchpoint_type') }}
)
{%- endmacro %}
