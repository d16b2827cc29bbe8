-- one row per distinct page path seen: what the page is about, and the rule that says so
with

web_events as (
    select * from {{ ref('int_web_events_unified') }}
),

page_rules as (
    select * from {{ ref('page_rules') }} where is_active
),

pages as (
    select distinct page_path
    from web_events
    where page_path is not null
),

attributes as (
    select
        page_path as entity_id,
        'page_path' as attribute,
        page_path as value_text,
        cast(null as decimal(18, 4)) as value_number,
        cast(null as date) as value_date
    from pages
),

matched_rules as (
    {{ match_attribute_rules(ref('page_rules'), 'attributes', scope='page') }}
),

ranked_rules as (
    select
        *,
        row_number() over (partition by entity_id order by priority, rule_id) as preference
    from matched_rules
),

rule_meanings as (
    select
        rule_id,
        min(topic) as topic,
        min(category) as category,
        min(purpose) as purpose,
        min(intended_stage) as intended_stage
    from page_rules
    group by rule_id
),

classified as (
    select
        ranked_rules.entity_id as page_path,
        ranked_rules.result as content_type,
        ranked_rules.priority as page_priority,
        ranked_rules.rule_id as page_rule_id,
        rule_meanings.topic,
        rule_meanings.category,
        rule_meanings.purpose,
        rule_meanings.intended_stage
    from ranked_rules
    inner join rule_meanings
        on ranked_rules.rule_id = rule_meanings.rule_id
    where ranked_rules.preference = 1
)

select * from classified
