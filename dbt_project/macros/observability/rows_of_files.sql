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

{# query: every row that holds as the latest of a kind, with the file it came in, and whether it has no device to make a
   session of #}
{% macro latest_rows_of_files() -%}
    {%- for kind in all_kinds() %}
    select
        source_system,
        source_table,
        source_record_id,
        _batch_id as batch_id,
        _source_file as source_file,
        '{{ kind }}' as kind,
        {{ 'device_key is null' if kind == 'web_events' else 'false' }} as is_without_device
    from {{ ref('int_' ~ kind ~ '_unified') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
