-- one row per KPI, scope and period, with the target that held then
with

kpis as (
    select * from {{ ref('int_kpis_compared') }}
),

kpi_targets as (
    select * from {{ ref('kpi_targets') }}
),

ranked_targets as (
    select
        kpis.kpi_id,
        kpis.scope_id,
        kpis.period_start,
        kpi_targets.target_id,
        cast(kpi_targets.target as decimal(18, 6)) as target,
        kpi_targets.owner,
        row_number() over (
            partition by kpis.kpi_id, kpis.scope_id, kpis.period_start
            order by
                kpi_targets.scope_id asc nulls last,
                kpi_targets.valid_from desc nulls last,
                kpi_targets.target_id asc
        ) as preference
    from kpis
    inner join kpi_targets
        on kpis.kpi_id = kpi_targets.kpi_id
        and (kpi_targets.scope_id is null or kpis.scope_id = kpi_targets.scope_id)
        and (kpi_targets.valid_from is null or kpis.period_start >= kpi_targets.valid_from)
    where kpi_targets.is_active
),

compared as (
    select
        -- keys
        kpis.kpi_id,
        kpis.scope_type,
        kpis.scope_id,
        kpis.period_type,
        -- text
        kpis.touchpoint,
        kpis.goal,
        kpis.unit,
        ranked_targets.owner,
        kpis.trend,
        -- numbers
        kpis.numerator,
        kpis.denominator,
        kpis.value,
        kpis.value_low,
        kpis.value_high,
        kpis.previous_value,
        ranked_targets.target,
        case
            when ranked_targets.target <= 0 or kpis.value < 0 then null
            when kpis.is_higher_better
                then {{ ratio('kpis.value', 'ranked_targets.target', 'decimal(18, 6)') }}
            else {{ ratio('ranked_targets.target', 'kpis.value', 'decimal(18, 6)') }}
        end as attainment,
        -- booleans
        kpis.is_higher_better,
        case
            when kpis.is_higher_better then kpis.value >= ranked_targets.target
            else kpis.value <= ranked_targets.target
        end as is_met,
        kpis.is_mature,
        -- dates
        kpis.period_start,
        -- evidence
        kpis.rule_version,
        ranked_targets.target_id
    from kpis
    left join ranked_targets
        on kpis.kpi_id = ranked_targets.kpi_id
        and kpis.scope_id = ranked_targets.scope_id
        and kpis.period_start = ranked_targets.period_start
        and ranked_targets.preference = 1
)

select * from compared
