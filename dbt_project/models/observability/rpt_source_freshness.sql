-- one row per source table: its newest event and file, and whether it keeps its promise
with

build as (
    select * from {{ ref('int_moment_of_build') }}
),

ledger as (
    select * from {{ source('raw_ops', 'load_ledger') }}
    where status not in ('revoked', 'superseded')
),

promises as (
    select * from {{ ref('freshness_promises') }}
    where is_active
),

events as (
    {%- for kind in all_kinds() if kind in known_moments() %}
    select
        source_system,
        source_table,
        max({{ known_moments()[kind] }}) as last_event_at
    from {{ ref('int_' ~ kind ~ '_unified') }}
    group by source_system, source_table
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

last_events as (
    select
        source_system,
        source_table,
        max(last_event_at) as last_event_at
    from events
    group by source_system, source_table
),

batches as (
    select
        system as source_system,
        table_name as source_table,
        count(*) as file_count,
        sum(case when status = 'rejected' then 1 else 0 end) as rejected_file_count,
        max(batch_id) as last_batch_id,
        max(case when status <> 'rejected' then loaded_at end) as last_loaded_at
    from ledger
    group by system, table_name
),

promised as (
    select
        batches.source_system,
        batches.source_table,
        promises.promise_id,
        promises.promise_hours,
        coalesce(promises.alarm_hours, promises.promise_hours) as alarm_hours,
        promises.stops_syncs,
        row_number() over (
            partition by batches.source_system, batches.source_table
            order by
                promises.source_table nulls last,
                promises.source_system nulls last,
                promises.promise_id
        ) as precedence
    from batches
    inner join promises
        on batches.source_system = coalesce(promises.source_system, batches.source_system)
        and batches.source_table = coalesce(promises.source_table, batches.source_table)
),

aged as (
    select
        batches.source_system,
        batches.source_table,
        batches.last_batch_id,
        batches.file_count,
        cast(batches.rejected_file_count as bigint) as rejected_file_count,
        last_events.last_event_at,
        build.as_of,
        {{ days_between('last_events.last_event_at', 'build.as_of') }} as days_behind,
        promised.promise_hours,
        promised.promise_id,
        promised.promise_hours < 24 * {{ days_between('last_events.last_event_at', 'build.as_of') }}
            as is_late,
        promised.alarm_hours,
        promised.alarm_hours < 24 * {{ days_between('last_events.last_event_at', 'build.as_of') }}
            as is_broken,
        promised.stops_syncs
        and promised.alarm_hours
        < 24 * {{ days_between('last_events.last_event_at', 'build.as_of') }}
        and promised.alarm_hours
        < 24 * {{ days_between('batches.last_loaded_at', 'build.as_of') }} as stops_syncs
    from batches
    cross join build
    left join last_events
        on batches.source_system = last_events.source_system
        and batches.source_table = last_events.source_table
    left join promised
        on batches.source_system = promised.source_system
        and batches.source_table = promised.source_table
        and promised.precedence = 1
)

select * from aged
