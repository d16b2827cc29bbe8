-- touchpoint types that earn credit and that no KPI judges
-- do: give the type a row in touchpoint_kpis.csv, with a KPI of kpi_definitions.csv
with

touchpoint_types as (
    select distinct touchpoint_type
    from {{ ref('touchpoint_types') }}
    where is_active and earns_credit
),

judged as (
    select * from {{ ref('touchpoint_kpis') }}
    where is_active
)

select touchpoint_types.touchpoint_type
from touchpoint_types
left join judged
    on touchpoint_types.touchpoint_type = judged.touchpoint_type
where touchpoint_types.touchpoint_type is not null and judged.touchpoint_type is null
