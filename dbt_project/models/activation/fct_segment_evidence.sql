-- one row per known person: what segment rules saw of them, and how far they got in each segment
with

placed as (
    select * from {{ ref('int_persons_placed') }}
),

attributes as (
    select * from {{ ref('int_person_attributes_listed') }}
),

clauses as (
    select * from {{ ref('segment_rules') }}
    where is_active
),

candidates as (
    select * from {{ ref('int_segment_candidates_judged') }}
),

asked as (
    select distinct attribute from clauses
),

values_listed as (
    select
        attributes.entity_id as person_id,
        attributes.attribute,
        {{ ordered_list("coalesce(attributes.value_text, " ~ plain_number('attributes.value_number')
            ~ ", cast(attributes.value_date as varchar(40)))") }} as seen
    from attributes
    inner join asked
        on attributes.attribute = asked.attribute
    group by attributes.entity_id, attributes.attribute
),

values_gathered as (
    select
        person_id,
        {{ json_object_of('attribute', 'seen') }} as values_seen
    from values_listed
    group by person_id
),

clauses_met as (
    select
        attributes.entity_id as person_id,
        {{ ordered_list("clauses.rule_id || '|' || clauses.clause") }} as clauses_met
    from clauses
    inner join attributes
        on clauses.attribute = attributes.attribute
    where {{ clause_holds('clauses', 'attributes') }}
    group by attributes.entity_id
),

fates as (
    select
        person_id,
        {{ json_object_of('segment_id', "coalesce(drop_reason, 'exported')") }} as segments,
        {{ json_object_of('segment_id', "coalesce(outranked_by, '')") }} as outranked_by,
        {{ json_object_of(
            'segment_id', "coalesce(cast(stays_until as varchar(40)), '')"
        ) }} as stays_until
    from candidates
    group by person_id
),

evidence as (
    select
        -- keys
        placed.person_id,
        -- text
        placed.motion,
        coalesce(values_gathered.values_seen, '{}') as values_seen,
        coalesce(clauses_met.clauses_met, '[]') as clauses_met,
        coalesce(fates.segments, '{}') as segments,
        coalesce(fates.outranked_by, '{}') as outranked_by,
        coalesce(fates.stays_until, '{}') as stays_until
    from placed
    left join values_gathered
        on placed.person_id = values_gathered.person_id
    left join clauses_met
        on placed.person_id = clauses_met.person_id
    left join fates
        on placed.person_id = fates.person_id
)

select * from evidence
