-- one row per account or person and custom attribute: the value of the record changed last
with

typed as (
    select * from {{ ref('int_custom_values_typed') }}
    where value_text is not null or value_number is not null or value_date is not null
),

ranked as (
    select
        *,
        row_number() over (
            partition by entity, entity_id, attribute
            order by
                stated_at desc nulls last,
                source_system asc,
                source_table asc,
                source_record_id asc,
                custom_id asc
        ) as preference
    from typed
),

chosen as (
    select
        entity,
        entity_id,
        attribute,
        value_text,
        value_number,
        value_date,
        custom_id
    from ranked
    where preference = 1
)

select * from chosen
