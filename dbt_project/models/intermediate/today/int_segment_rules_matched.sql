-- one row per known person and segment they are for, with the rule that put them there
with

matched as (
    {{ match_attribute_rules(
        rules=ref('segment_rules'), attributes=ref('int_person_attributes_listed')
    ) }}
),

rules as (
    select distinct
        rules.rule_id,
        definitions.segment_id,
        coalesce(rules.motion, definitions.motion) as motion
    from {{ ref('segment_rules') }} as rules
    inner join {{ ref('segment_definitions') }} as definitions
        on rules.result = definitions.segment_id
    where definitions.is_active
),

ranked as (
    select
        placed.person_id,
        rules.segment_id,
        matched.rule_id,
        row_number() over (
            partition by placed.person_id, rules.segment_id
            order by matched.priority, matched.rule_id
        ) as preference
    from matched
    inner join rules
        on matched.rule_id = rules.rule_id
    inner join {{ ref('int_persons_placed') }} as placed
        on matched.entity_id = placed.person_id
    where coalesce(placed.motion = rules.motion, true)
),

combined as (
    {{ one_per_account(with_stays('ranked')) }}
)

select * from combined
