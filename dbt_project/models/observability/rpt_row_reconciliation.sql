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

uses as (
    select * from {{ ref('record_uses') }}
    where is_active
),

staged as (
    {{ staged_rows_of_files() }}
),

latest as (
    {{ latest_rows_of_files() }}
),

-- one join for all kinds: a hash of all records for each would not fit into memory
kept as (
    select
        latest.source_system,
        latest.source_table,
        latest.batch_id,
        latest.source_file,
        latest.kind,
        count(*) as rows_latest,
        count(records.touchpoint_id) as rows_in_touchpoints,
        sum(case when records.touchpoint_id is null and latest.is_without_device then 1 else 0 end)
            as rows_without_session
    from latest
    left join records
        on latest.source_system = records.source_system
        and latest.source_table = records.source_table
        and latest.source_record_id = records.source_record_id
    group by
        latest.source_system, latest.source_table, latest.batch_id, latest.source_file, latest.kind
),

-- a file that feeds several kinds is told by the one that takes most of its rows, none twice
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

-- what is no touchpoint and has a session, where it needs one, is used as its kind is
used as (
    select
        kept.*,
        uses.used_as,
        kept.rows_latest - kept.rows_in_touchpoints - kept.rows_without_session as rows_left
    from kept
    left join uses
        on kept.kind = uses.record_kind
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
            coalesce(ranked.rows_staged - ranked.rows_not_yet, 0) - coalesce(used.rows_latest, 0)
            as bigint
        ) as rows_superseded,
        coalesce(used.rows_latest, 0) as rows_latest,
        coalesce(used.rows_in_touchpoints, 0) as rows_in_touchpoints,
        cast(coalesce(used.rows_without_session, 0) as bigint) as rows_without_session,
        {%- for use in ['fact', 'measure', 'attribute'] %}
        cast(case when used.used_as = '{{ use }}' then used.rows_left else 0 end as bigint)
            as rows_as_{{ use }},
        {%- endfor %}
        cast(case when used.used_as = 'set_aside' then used.rows_left else 0 end as bigint)
            as rows_set_aside
    from ledger
    left join ranked
        on ledger.system = ranked.source_system
        and ledger.table_name = ranked.source_table
        and ledger.batch_id = ranked.batch_id
        and ledger.source_file = ranked.source_file
        and ranked.kind_rank = 1
    left join used
        on ranked.source_system = used.source_system
        and ranked.source_table = used.source_table
        and ranked.batch_id = used.batch_id
        and ranked.source_file = used.source_file
        and ranked.kind = used.kind
)

select * from reconciled
