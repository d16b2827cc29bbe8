-- one row per distinct page path seen: what the page is about, and the rule that says so
with

web_events as (
    select * from {{ ref('int_web_events_unified') }}
),

page_rules as (
    select * from {{ ref('page_rules') }}
    where is_active
),

pages as (
    select distinct page_path
    from web_events
    where page_path is not null
),

attributes as (
    {{ listed_attributes('pages', 'page_path', texts=[
        ('page_path', 'page_path'),
    ]) }}
),

deciding_rules as (
    {{ first_matching_rule(ref('page_rules'), 'attributes', scope='page') }}
),

rule_meanings as (
    select
        rule_id,
        min(topic) as topic,
        min(category) as category,
        min(purpose) as purpose,
        min(intended_stage) as intended_stage,
        max(case when is_fallback then 1 else 0 end) as is_fallback
    from page_rules
    group by rule_id
),

classified as (
    select
        deciding_rules.entity_id as page_path,
        deciding_rules.result as content_type,
        deciding_rules.priority as page_priority,
        deciding_rules.rule_id as page_rule_id,
        rule_meanings.topic,
        rule_meanings.category,
        rule_meanings.purpose,
        rule_meanings.intended_stage,
        coalesce(rule_meanings.is_fallback, 0) = 0 as is_classified
    from deciding_rules
    inner join rule_meanings
        on deciding_rules.rule_id = rule_meanings.rule_id
)

select * from classified
