-- one row per matched person and segment with fields of its own or all addresses: these as JSON
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

definitions as (
    select * from {{ ref('segment_definitions') }}
),

list_purposes as (
    select * from {{ ref('contact_purposes') }}
    where has_all_addresses
),

addresses as (
    select * from {{ ref('int_person_addresses_listed') }}
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

further_addresses as (
    select
        candidates.segment_id,
        candidates.person_id,
        'other_emails' as field,
        {{ ordered_list('addresses.email') }} as field_value
    from candidates
    inner join definitions
        on candidates.segment_id = definitions.segment_id
    inner join list_purposes
        on definitions.purpose = list_purposes.purpose
        and definitions.channel = list_purposes.channel
    inner join addresses
        on candidates.person_id = addresses.person_id
        and candidates.email <> addresses.email
    group by candidates.segment_id, candidates.person_id
),

told as (
    select * from values_of_fields
    union all
    select * from further_addresses
),

payloads as (
    select
        segment_id,
        person_id,
        {{ json_object_of('field', 'field_value') }} as payload
    from told
    group by segment_id, person_id
)

select * from payloads
