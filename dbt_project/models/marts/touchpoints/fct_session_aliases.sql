-- one row per session id that events loaded later took back
with

renamed as (
    select * from {{ ref('int_sessions_renamed') }}
),

final as (
    select
        -- keys
        old_session_id,
        session_id,
        -- text
        source_system,
        change,
        -- evidence
        late_record_id,
        late_batch_id
    from renamed
)

select * from final
