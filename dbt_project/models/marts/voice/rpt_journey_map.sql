-- one row per stage and touchpoint type that is described or was met there; type all is the stage
{%- set of_cells = ['stage', 'touchpoint_type', 'company_goal', 'customer_goal', 'expectation',
    'question', 'channels', 'top_content', 'kpi_id', 'touches', 'accounts', 'persons',
    'is_described'] %}
{%- set of_kpis = ['unit', 'trend', 'numerator', 'denominator', 'value', 'value_low',
    'value_high', 'target', 'attainment', 'is_met'] %}
with

texts as (
    select * from {{ ref('journey_map') }}
    where is_active
),

stages as (
    select
        stage,
        min(company_goal) as company_goal,
        min(customer_goal) as customer_goal,
        row_number() over (
            order by max(case when is_outside then 1 else 0 end), min(rank), stage
        ) as place
    from {{ ref('dim_stages') }}
    group by stage
),

touchpoints as (
    select * from {{ ref('fct_touchpoints') }}
    where not is_bot
),

kpi_choices as (
    select * from {{ ref('touchpoint_kpis') }}
    where is_active
),

kpis as (
    select * from {{ ref('fct_touchpoint_kpis') }}
    where is_mature and value is not null
),

pain_points as (
    select * from {{ ref('rpt_pain_points') }}
    where is_finding
),

pain_kinds as (
    select * from {{ ref('pain_rules') }}
),

{{ map_meetings() }},

{{ map_cells() }},

{{ map_signals() }},

drawn as (
    select
        cells.{{ of_cells | join(',\n        cells.') }},
        last_values.{{ of_kpis | join(',\n        last_values.') }},
        coalesce(cells.owner, last_values.owner) as owner,
        cast(cells.stage_place as bigint) as stage_place,
        last_values.period_start as kpi_month,
        signals.finding_id as pain_finding_id,
        signals.where_found || ': ' || signals.what as pain_signal,
        signals.n as pain_n,
        signals.rate as pain_rate,
        signals.base_rate as pain_base_rate,
        cast(coalesce(signals.pain_count, 0) as bigint) as pain_count,
        case
            when signals.finding_id is not null then 'hurts'
            when not cells.is_described then 'not described'
            when cells.touches = 0 then 'unused'
            when not last_values.is_met then 'misses target'
            when last_values.is_met then 'meets target'
            else 'no target'
        end as status,
        coalesce(
            signals.next_action, case when not last_values.is_met then cells.when_missed end
        ) as next_action
    from cells
    left join last_values
        on cells.stage = last_values.stage
        and cells.touchpoint_type = last_values.touchpoint_type
    left join signals
        on cells.stage = signals.stage
        and cells.touchpoint_type = signals.touchpoint_type
        and signals.place = 1
)

select * from drawn
