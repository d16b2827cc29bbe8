-- one row per touchpoint behind whose record stand details that signal rules may ask for
{%- set details = record_details() %}
{%- set names = details.values() | map('list') | sum(start=[]) | sort %}
{%- set numbers = signal_attributes()['number'] %}
with

records as (
    select * from {{ ref('int_touchpoint_records_collapsed') }}
),

detailed as (
    {%- for kind, columns in details.items() %}
    select
        {%- for name in names %}
        cast(
            {{ columns.get(name, 'null') }}
            as {{ 'decimal(18, 6)' if name in numbers else 'varchar(255)' }}
        ) as {{ name }},
        {%- endfor %}
        source_system,
        source_table,
        source_record_id
    from {{ ref('int_' ~ kind ~ '_unified') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

ranked as (
    select
        detailed.*,
        records.touchpoint_id,
        row_number() over (
            partition by records.touchpoint_id
            order by
                records.is_primary desc, records.source_system asc, records.source_table asc,
                records.source_record_id asc
        ) as preference
    from detailed
    inner join records
        on detailed.source_system = records.source_system
        and detailed.source_table = records.source_table
        and detailed.source_record_id = records.source_record_id
),

listed as (
    select
        touchpoint_id,
        {{ names | join(',\n        ') }}
    from ranked
    where preference = 1
)

select * from listed
