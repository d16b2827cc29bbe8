-- one row per version of an assignment of a person or device to a variant, typed
with

raw_rows as (
    select * from {{ source('files', 'experiments') }}
),

typed as (
    select
        -- ids
        experiment_id,
        anonymous_id,
        -- text
        {{ clean_email('email') }} as email,
        variant,
        -- dates and timestamps
        {{ try_timestamp('assigned_at') }} as assigned_at,
        -- load
        {{ load_columns('experiments', key=['experiment_id', 'email', 'anonymous_id']) }}
    from raw_rows
)

select * from typed
