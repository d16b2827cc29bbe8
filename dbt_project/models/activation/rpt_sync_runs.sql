-- one row per plan of a sync: what was wanted, what became of it, and what stopped it
with

plans as (
    select * from {{ source('raw_ops', 'sync_plans') }}
),

runs as (
    select
        plan_id,
        destination,
        segment_id,
        run_id,
        undoes as undone_plan_id,
        status,
        stop_reason,
        overridden_guards,
        override_reason,
        members as wanted_count,
        acknowledged as held_count,
        additions as planned_add_count,
        updates as planned_update_count,
        removals as planned_remove_count,
        added as added_count,
        updated as updated_count,
        removed as removed_count,
        rejected as rejected_count,
        dropped as dropped_count,
        withheld as withheld_count,
        quarantined as quarantined_count,
        cast({{ seconds_between('created_at', 'ended_at') }} as bigint) as seconds,
        is_resync,
        as_of,
        created_at as planned_at,
        ended_at
    from plans
)

select * from runs
