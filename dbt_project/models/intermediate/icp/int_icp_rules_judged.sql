-- one row per account and ICP rule that applies to its motion: could it be judged, and did it hold
with

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

attributes as (
    select * from {{ ref('int_account_attributes_listed') }}
),

icp_criteria as (
    select
        *,
        cast(null as varchar(255)) as scope,
        criterion_id as result
    from {{ ref('icp_criteria') }}
),

matched as (
    {{ match_attribute_rules(rules='icp_criteria', attributes='attributes') }}
),

rule_terms as (
    select
        rule_id,
        min(criterion_id) as criterion_id,
        min(motion) as motion,
        min(priority) as priority,
        max(points) as points,
        max(is_exclusion) as is_exclusion,
        max(rule_version) as rule_version,
        count(distinct attribute) as attributes_needed
    from icp_criteria
    where is_active
    group by rule_id
),

rule_attributes as (
    select distinct
        rule_id,
        attribute
    from icp_criteria
    where is_active
),

attributes_seen as (
    select
        attributes.entity_id as account_id,
        rule_attributes.rule_id,
        count(distinct attributes.attribute) as attributes_known
    from attributes
    inner join rule_attributes
        on attributes.attribute = rule_attributes.attribute
    group by attributes.entity_id, rule_attributes.rule_id
),

judged as (
    select
        accounts.account_id,
        rule_terms.rule_id,
        rule_terms.criterion_id,
        rule_terms.priority,
        rule_terms.points,
        rule_terms.is_exclusion,
        rule_terms.rule_version,
        coalesce(attributes_seen.attributes_known, 0) = rule_terms.attributes_needed as is_known,
        coalesce(attributes_seen.attributes_known, 0) = rule_terms.attributes_needed
        and matched.rule_id is not null as is_met
    from accounts
    inner join rule_terms
        on rule_terms.motion is null or accounts.motion = rule_terms.motion
    left join attributes_seen
        on accounts.account_id = attributes_seen.account_id
        and rule_terms.rule_id = attributes_seen.rule_id
    left join matched
        on accounts.account_id = matched.entity_id
        and rule_terms.rule_id = matched.rule_id
)

select * from judged
