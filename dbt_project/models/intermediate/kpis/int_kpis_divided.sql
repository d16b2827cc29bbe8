-- one row per KPI, scope and period: what its row in kpi_definitions asks of the measures
with

measures as (
    select * from {{ ref('int_measures_listed') }}
),

kpi_definitions as (
    select * from {{ ref('kpi_definitions') }}
),

-- the measure a KPI starts from opens its rows; the other may be missing and then counts as none
opened as (
    select
        kpi_definitions.*,
        measures.scope_id as opened_scope_id,
        measures.period_start
    from kpi_definitions
    inner join measures
        on measures.measure_id = case
            when kpi_definitions.starts_from = 'numerator' then kpi_definitions.numerator_measure
            else coalesce(kpi_definitions.denominator_measure, kpi_definitions.numerator_measure)
        end
        and kpi_definitions.scope_type = measures.scope_type
        and kpi_definitions.period_type = measures.period_type
    where kpi_definitions.is_active
        and (kpi_definitions.scope_id is null or kpi_definitions.scope_id = measures.scope_id)
),

joined as (
    select
        opened.kpi_id,
        opened.scope_type,
        opened.opened_scope_id as scope_id,
        opened.period_type,
        opened.period_start,
        opened.touchpoint,
        opened.goal,
        opened.unit,
        opened.is_higher_better,
        opened.rule_version,
        opened.denominator_measure,
        coalesce(numerators.value, 0) as numerator,
        case
            when opened.denominator_measure is not null then coalesce(denominators.value, 0)
        end as denominator
    from opened
    left join measures as numerators
        on opened.numerator_measure = numerators.measure_id
        and opened.scope_type = numerators.scope_type
        and opened.opened_scope_id = numerators.scope_id
        and opened.period_type = numerators.period_type
        and opened.period_start = numerators.period_start
    left join measures as denominators
        on opened.denominator_measure = denominators.measure_id
        and opened.scope_type = denominators.scope_type
        and opened.opened_scope_id = denominators.scope_id
        and opened.period_type = denominators.period_type
        and opened.period_start = denominators.period_start
),

divided as (
    select
        *,
        case
            when denominator_measure is null then cast(numerator as decimal(18, 6))
            else {{ ratio('numerator', 'denominator', 'decimal(18, 6)') }}
        end as value
    from joined
)

select * from divided
