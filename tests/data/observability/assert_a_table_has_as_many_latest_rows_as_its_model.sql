-- tables whose files together hold another number of latest rows than the unified model
-- do: compare the table's rows in rpt_row_reconciliation with its unified model: a version is
-- ranked twice or not at all
{%- set kinds = all_kinds() %}
with

{% for kind in kinds %}
{{ kind }} as (
    select source_system, source_table, count(*) as rows_unified
    from {{ ref('int_' ~ kind ~ '_unified') }}
    where source_table = '{{ kind }}'
    group by source_system, source_table
),
{% endfor %}

unified as (
    {%- for kind in kinds %}
    select * from {{ kind }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

files as (
    select source_system, source_table, sum(rows_latest) as rows_latest
    from {{ ref('rpt_row_reconciliation') }}
    group by source_system, source_table
),

wrong as (
    select files.source_system, files.source_table, files.rows_latest, unified.rows_unified
    from files
    inner join unified
        on files.source_system = unified.source_system
        and files.source_table = unified.source_table
    where files.rows_latest <> unified.rows_unified
)

select * from wrong
