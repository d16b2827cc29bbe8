-- one row per known person and segment they match, with the rule that put them there
with

matched as (
    {{ match_attribute_rules(
        rules=ref('segment_rules'), attributes=ref('int_person_attributes_listed')
    ) }}
),

definitions as (
    select * from {{ ref('segment_definitions') }}
    where is_active
),

ranked as (
    select
        placed.person_id,
        definitions.segment_id,
        matched.rule_id,
        matched.rule_version,
        row_number() over (
            partition by placed.person_id, definitions.segment_id
            order by matched.priority, matched.rule_id
        ) as preference
    from matched
    inner join definitions
        on matched.result = definitions.segment_id
    inner join {{ ref('int_persons_placed') }} as placed
        on matched.entity_id = placed.person_id
    where coalesce(placed.motion = definitions.motion, true)
),

first_rules as (
    select
        person_id,
        segment_id,
        rule_id,
        rule_version
    from ranked
    where preference = 1
)

select * from first_rules
