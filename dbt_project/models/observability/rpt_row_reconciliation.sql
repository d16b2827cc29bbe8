-- one row per landed file: where each of its rows went, from the file to the touchpoints
with

ledger as (
    select * from {{ source('raw_ops', 'load_ledger') }}
),

build as (
    select * from {{ ref('int_moment_of_build') }}
),

records as (
    select * from {{ ref('int_touchpoint_records_collapsed') }}
),

staged as (
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
),

kept as (
    {%- for kind in all_kinds() %}
    select
        kept.source_system,
        kept.source_table,
        kept._batch_id as batch_id,
        kept._source_file as source_file,
        '{{ kind }}' as kind,
        count(*) as rows_latest,
        count(records.touchpoint_id) as rows_in_touchpoints,
        {%- if kind == 'web_events' %}
        sum(case when records.touchpoint_id is null and kept.device_key is null then 1 else 0 end)
        {%- else %}
        0
        {%- endif %} as rows_without_session
    from {{ ref('int_' ~ kind ~ '_unified') }} as kept
    left join records
        on kept.source_system = records.source_system
        and kept.source_table = records.source_table
        and kept.source_record_id = records.source_record_id
    group by kept.source_system, kept.source_table, kept._batch_id, kept._source_file
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

-- a file that feeds several kinds is told by the one that takes most of its rows, none of them twice
ranked as (
    select
        staged.*,
        row_number() over (
            partition by
                staged.source_system, staged.source_table, staged.batch_id, staged.source_file
            order by
                case when staged.rows_staged > ledger.rows_loaded then 1 else 0 end,
                staged.rows_staged desc,
                staged.kind asc
        ) as kind_rank
    from staged
    inner join ledger
        on staged.source_system = ledger.system
        and staged.source_table = ledger.table_name
        and staged.batch_id = ledger.batch_id
        and staged.source_file = ledger.source_file
),

reconciled as (
    select
        -- keys
        ledger.system as source_system,
        ledger.table_name as source_table,
        ledger.batch_id,
        ledger.source_file,
        -- text
        ledger.status,
        -- numbers
        ledger.rows_in,
        ledger.rows_loaded,
        ledger.rows_duplicate,
        ledger.rows_quarantined,
        ledger.rows_erased,
        ledger.rows_loaded - coalesce(ranked.rows_staged, 0) as rows_of_no_kind,
        cast(coalesce(ranked.rows_not_yet, 0) as bigint) as rows_not_yet,
        cast(
            coalesce(ranked.rows_staged - ranked.rows_not_yet, 0) - coalesce(kept.rows_latest, 0)
            as bigint
        ) as rows_superseded,
        coalesce(kept.rows_latest, 0) as rows_latest,
        coalesce(kept.rows_in_touchpoints, 0) as rows_in_touchpoints,
        cast(coalesce(kept.rows_without_session, 0) as bigint) as rows_without_session,
        cast(
            coalesce(kept.rows_latest - kept.rows_in_touchpoints - kept.rows_without_session, 0)
            as bigint
        ) as rows_attribute_only
    from ledger
    left join ranked
        on ledger.system = ranked.source_system
        and ledger.table_name = ranked.source_table
        and ledger.batch_id = ranked.batch_id
        and ledger.source_file = ranked.source_file
        and ranked.kind_rank = 1
    left join kept
        on ranked.source_system = kept.source_system
        and ranked.source_table = kept.source_table
        and ranked.batch_id = kept.batch_id
        and ranked.source_file = kept.source_file
        and ranked.kind = kept.kind
)

select * from reconciled
