-- one row per person, account and thing that points from one to the other, as the rules see it
with

candidates as (
    select * from {{ ref('int_account_candidates_listed') }}
),

rules as (
    select * from {{ ref('account_match_rules') }}
),

ruled as (
    select
        candidates.*,
        rules.method,
        rules.priority,
        rules.confidence,
        rules.tie_break,
        coalesce(rules.is_for_review, false) as is_for_review
    from candidates
    inner join rules
        on candidates.rule_id = rules.rule_id
),

compared as (
    select
        *,
        max(similarity) over (partition by person_id, rule_id, evidence) as best_similarity,
        count(*) over (partition by person_id, rule_id, evidence, similarity) as account_count,
        sum(case when is_customer then 1 else 0 end)
            over (partition by person_id, rule_id, evidence, similarity) as customer_count
    from ruled
),

-- whatever else points to one account alone also says which one of several is meant
named_alone as (
    select
        *,
        max(
            case
                when account_count = 1 and similarity = best_similarity and not is_for_review then 1
                else 0
            end
        ) over (partition by person_id, account_id) as is_named_alone
    from compared
),

counted as (
    select
        *,
        sum(is_named_alone) over (
            partition by person_id, rule_id, evidence, similarity
        ) as named_alone_count
    from named_alone
),

scored as (
    select
        -- keys
        person_id,
        account_id,
        -- text
        method,
        evidence,
        -- numbers
        priority,
        confidence,
        similarity,
        account_count,
        -- booleans
        is_for_review,
        not is_for_review
        and similarity = best_similarity
        and case
            when account_count = 1 then true
            when named_alone_count > 0 then named_alone_count = 1 and is_named_alone = 1
            else coalesce(tie_break = 'only_customer' and is_customer and customer_count = 1, false)
        end as is_acceptable,
        -- timestamps
        starts_at,
        -- evidence
        rule_id
    from counted
)

select * from scored
