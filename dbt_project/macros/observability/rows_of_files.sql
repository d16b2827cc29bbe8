{# query: how many rows of each landed file each kind takes, and how many of them are not yet true #}
{% macro staged_rows_of_files() -%}
    {%- for system, kind in provided_kinds() %}
    select
        '{{ system }}' as source_system,
        versions.source_table,
        versions._batch_id as batch_id,
        versions._source_file as source_file,
        '{{ kind }}' as kind,
        count(*) as rows_staged,
        {%- if kind in known_moments() %}
        sum(case when {{ known_moments()[kind] }} >= build.as_of then 1 else 0 end) as rows_not_yet
        {%- else %}
        0 as rows_not_yet
        {%- endif %}
    from {{ ref('stg_' ~ system ~ '__' ~ kind) }} as versions
    cross join build
    group by versions.source_table, versions._batch_id, versions._source_file
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}

{# query: how many rows of each landed file hold as the latest of a kind, belong to one of `records`,
   which are those of touchpoints, or have no session for want of a device #}
{% macro latest_rows_of_files() -%}
    {%- for kind in all_kinds() %}
    select
        latest.source_system,
        latest.source_table,
        latest._batch_id as batch_id,
        latest._source_file as source_file,
        '{{ kind }}' as kind,
        count(*) as rows_latest,
        count(records.touchpoint_id) as rows_in_touchpoints,
        {%- if kind == 'web_events' %}
        sum(case when records.touchpoint_id is null and latest.device_key is null then 1 else 0 end)
        {%- else %}
        0
        {%- endif %} as rows_without_session
    from {{ ref('int_' ~ kind ~ '_unified') }} as latest
    left join records
        on latest.source_system = records.source_system
        and latest.source_table = records.source_table
        and latest.source_record_id = records.source_record_id
    group by latest.source_system, latest.source_table, latest._batch_id, latest._source_file
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
