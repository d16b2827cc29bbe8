-- active KPIs over a measure that nothing counts; a warning, for a small company has no such touchpoint yet
-- do: land data that the measure counts, correct its name in kpi_definitions.csv, or set is_active
-- = false there
{{ config(severity='warn') }}
with

kpi_definitions as (
    select * from {{ ref('kpi_definitions') }}
),

measures as (
    select distinct measure_id from {{ ref('int_measures_listed') }}
),

named_measures as (
    select kpi_id, numerator_measure as measure_id from kpi_definitions where is_active
    union all
    select kpi_id, denominator_measure as measure_id from kpi_definitions where is_active
)

select
    named_measures.kpi_id,
    named_measures.measure_id
from named_measures
left join measures
    on named_measures.measure_id = measures.measure_id
where named_measures.measure_id is not null and measures.measure_id is null
