-- one row per person, field and record that states another value than the one that survives
with

stated as (
    select * from {{ ref('int_person_fields_listed') }}
    where source_table <> 'identifiers' and not is_deleted
),

survived as (
    select * from {{ ref('int_person_fields_survived') }}
    where source_table <> 'identifiers'
),

conflicts as (
    select
        -- keys
        stated.person_id,
        stated.field,
        -- text
        survived.value,
        survived.source_system,
        survived.source_table,
        survived.source_record_id,
        stated.value as other_value,
        stated.source_system as other_source_system,
        stated.source_table as other_source_table,
        stated.source_record_id as other_source_record_id,
        -- timestamps
        stated.updated_at as other_updated_at,
        -- evidence
        survived.rule_id
    from stated
    inner join survived
        on stated.person_id = survived.person_id
        and stated.field = survived.field
    where lower(stated.value) <> lower(survived.value)
)

select * from conflicts
