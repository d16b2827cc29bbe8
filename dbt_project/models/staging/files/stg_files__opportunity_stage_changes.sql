-- one row per version of a change of a deal's stage, typed
with

raw_rows as (
    select * from {{ source('files', 'opportunity_stage_changes') }}
),

typed as (
    select
        -- ids
        change_id,
        opportunity_id,
        -- text
        stage,
        -- numbers
        {{ try_number('amount') }} as amount,
        -- dates and timestamps
        {{ try_timestamp('changed_at') }} as changed_at,
        -- load
        {{ load_columns('opportunity_stage_changes', key=['change_id']) }}
    from raw_rows
)

select * from typed
