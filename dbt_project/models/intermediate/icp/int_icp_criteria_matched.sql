-- one row per account and ICP criterion: met, not met or unknown, with the rule and the values seen
with

judged as (
    select * from {{ ref('int_icp_rules_judged') }}
),

attributes as (
    select * from {{ ref('int_account_attributes_listed') }}
),

icp_criteria as (
    select * from {{ ref('icp_criteria') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by account_id, criterion_id
            order by is_met desc, points desc, priority asc nulls last, rule_id asc
        ) as preference
    from judged
),

summarised as (
    select
        account_id,
        criterion_id,
        max(case when is_known then 1 else 0 end) = 1 as is_known,
        max(case when is_exclusion then 1 else 0 end) = 1 as is_exclusion,
        max(case when is_exclusion then 0 else points end) as possible_points
    from judged
    group by account_id, criterion_id
),

criterion_attributes as (
    select distinct
        criterion_id,
        attribute
    from icp_criteria
    where is_active
),

values_seen as (
    select
        attributes.entity_id as account_id,
        criterion_attributes.criterion_id,
        {{ ordered_list("attributes.attribute || ' = ' || coalesce(
            attributes.value_text,
            cast(cast(round(attributes.value_number, 0) as bigint) as varchar(40)),
            cast(attributes.value_date as varchar(40))
        )") }} as value_seen
    from attributes
    inner join criterion_attributes
        on attributes.attribute = criterion_attributes.attribute
    group by attributes.entity_id, criterion_attributes.criterion_id
),

criteria as (
    select
        -- keys
        summarised.account_id,
        summarised.criterion_id,
        -- numbers
        case
            when ranked.is_met and not summarised.is_exclusion then ranked.points else 0
        end as points,
        summarised.possible_points,
        -- booleans
        case when summarised.is_known then ranked.is_met end as met,
        summarised.is_exclusion,
        -- evidence
        values_seen.value_seen,
        case when ranked.is_met then ranked.rule_id end as rule_id,
        case when ranked.is_met then ranked.rule_version end as rule_version
    from summarised
    inner join ranked
        on summarised.account_id = ranked.account_id
        and summarised.criterion_id = ranked.criterion_id
        and ranked.preference = 1
    left join values_seen
        on summarised.account_id = values_seen.account_id
        and summarised.criterion_id = values_seen.criterion_id
)

select * from criteria
