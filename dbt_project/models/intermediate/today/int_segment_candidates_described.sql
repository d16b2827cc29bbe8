-- one row per matched person and segment: what a destination is told of them
with

candidates as (
    select * from {{ ref('int_segment_candidates_judged') }}
),

definitions as (
    select * from {{ ref('segment_definitions') }}
),

fields as (
    select * from {{ ref('segment_fields') }}
    where is_active
),

persons as (
    select * from {{ ref('int_persons_survived') }}
),

placed as (
    select
        places.person_id,
        places.stage,
        accounts.name as account_name
    from {{ ref('int_persons_placed') }} as places
    left join {{ ref('int_accounts_survived') }} as accounts
        on places.account_id = accounts.account_id
),

attributes as (
    select * from {{ ref('int_person_attributes_listed') }}
),

moments as (
    select * from {{ ref('int_person_moments_listed') }}
),

values_of_fields as (
    select
        candidates.segment_id,
        candidates.person_id,
        fields.field,
        max(
            coalesce(
                attributes.value_text,
                regexp_replace(cast(attributes.value_number as varchar(40)), '[.]?0+$', '')
            )
        ) as field_value
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
),

described as (
    select
        candidates.segment_id,
        candidates.person_id,
        persons.first_name,
        persons.last_name,
        placed.account_name,
        placed.stage,
        definitions.call_to_action,
        definitions.destination_kind,
        coalesce(payloads.payload, '{}') as payload,
        moments.occurred_at as entered_at
    from candidates
    inner join definitions
        on candidates.segment_id = definitions.segment_id
    left join persons
        on candidates.person_id = persons.person_id
    left join placed
        on candidates.person_id = placed.person_id
    left join payloads
        on candidates.segment_id = payloads.segment_id
        and candidates.person_id = payloads.person_id
    left join moments
        on candidates.person_id = moments.person_id
        and definitions.entry_moment = moments.moment
)

select * from described
