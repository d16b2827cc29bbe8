-- one row per source record that is or belongs to a touchpoint
with

records as (
    select * from {{ touched(ref('int_touchpoint_records_collapsed')) }}
),

final as (
    select
        -- keys
        record_id,
        source_system,
        source_table,
        source_record_id,
        touchpoint_id,
        -- booleans
        is_primary,
        -- evidence
        type_id,
        collapse_rule_id
    from records
)

select * from final
