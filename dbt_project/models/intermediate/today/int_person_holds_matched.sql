-- one row per known person and hold rule: what is known of them at as_of comes before any message
with

matched as (
    {{ match_attribute_rules(
        rules=ref('hold_rules'), attributes=ref('int_person_attributes_listed')
    ) }}
),

placed as (
    select * from {{ ref('int_persons_placed') }}
),

rules as (
    select
        rule_id,
        min(motion) as motion
    from {{ ref('hold_rules') }}
    group by rule_id
),

holds as (
    select
        placed.person_id,
        matched.result as reason,
        matched.rule_id
    from matched
    inner join rules
        on matched.rule_id = rules.rule_id
    inner join placed
        on matched.entity_id = placed.person_id
    where coalesce(placed.motion = rules.motion, true)
)

select * from holds
