-- one row per matched person and segment with fields of its own: their values as JSON
with

candidates as (
    select * from {{ ref('int_segment_candidates_judged') }}
),

fields as (
    select * from {{ ref('segment_fields') }}
    where is_active
),

attributes as (
    select * from {{ ref('int_person_attributes_listed') }}
),

values_of_fields as (
    select
        candidates.segment_id,
        candidates.person_id,
        fields.field,
        max(coalesce(attributes.value_text, {{ plain_number('attributes.value_number') }}))
            as field_value
    from candidates
    inner join fields
        on candidates.segment_id = fields.segment_id
    left join attributes
        on candidates.person_id = attributes.entity_id
        and fields.attribute = attributes.attribute
    group by candidates.segment_id, candidates.person_id, fields.field
),

payloads as (
    select
        segment_id,
        person_id,
        {{ json_object_of('field', 'field_value') }} as payload
    from values_of_fields
    group by segment_id, person_id
)

select * from payloads
