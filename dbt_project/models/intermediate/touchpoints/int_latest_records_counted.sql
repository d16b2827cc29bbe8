-- one row per landed file and kind: how many of its rows hold, and how many belong to touchpoints
with

records as (
    select * from {{ ref('int_touchpoint_records_collapsed') }}
),

kept as (
    {%- for kind in all_kinds() %}
    select
        source_system,
        source_table,
        _batch_id as batch_id,
        _source_file as source_file,
        source_record_id,
        '{{ kind }}' as kind,
        {{ 'device_key is null' if kind == 'web_events' else 'false' }} as has_no_device
    from {{ ref('int_' ~ kind ~ '_unified') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

counted as (
    select
        kept.source_system,
        kept.source_table,
        kept.batch_id,
        kept.source_file,
        kept.kind,
        count(*) as rows_latest,
        count(records.touchpoint_id) as rows_in_touchpoints,
        cast(
            sum(case when records.touchpoint_id is null and kept.has_no_device then 1 else 0 end)
            as bigint
        ) as rows_without_session
    from kept
    left join records
        on kept.source_system = records.source_system
        and kept.source_table = records.source_table
        and kept.source_record_id = records.source_record_id
    group by kept.source_system, kept.source_table, kept.batch_id, kept.source_file, kept.kind
)

select * from counted
