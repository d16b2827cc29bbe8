-- one row per account of a CRM: the account that its records count for, and the rule that says so
{%- set doublings = 5 %}
with

companies as (
    select * from {{ ref('int_companies_normalised') }}
),

successors as (
    select * from {{ ref('int_account_successors_listed') }}
),

rules as (
    select * from {{ ref('account_merge_rules') }}
    where is_active
),

ranked as (
    select
        successors.*,
        rules.rule_id,
        rules.rule_version,
        rules.confidence,
        row_number() over (
            partition by successors.account_key
            order by rules.priority, successors.successor_key, rules.rule_id, successors.evidence
        ) as preference
    from successors
    inner join rules
        on successors.method = rules.method
),

chosen as (
    select * from ranked
    where preference = 1
),

step_0 as (
    select
        companies.account_key,
        coalesce(chosen.successor_key, companies.account_key) as reached_key
    from companies
    left join chosen
        on companies.account_key = chosen.account_key
),

-- each round doubles how far an account has looked along a chain of merges
{%- for doubling in range(doublings) %}
step_{{ doubling + 1 }} as (
    select
        nearer.account_key,
        further.reached_key
    from step_{{ doubling }} as nearer
    inner join step_{{ doubling }} as further
        on nearer.reached_key = further.account_key
),
{% endfor %}
-- merges that lead in a circle name no survivor: none of them is followed
survived as (
    select
        reached.account_key,
        case when beyond.account_key is null then reached.reached_key else reached.account_key end
            as account_id,
        beyond.account_key is not null as is_contradictory,
        chosen.method,
        chosen.evidence,
        chosen.confidence,
        chosen.rule_id,
        chosen.rule_version
    from step_{{ doublings }} as reached
    left join chosen
        on reached.account_key = chosen.account_key
    left join chosen as beyond
        on reached.reached_key = beyond.account_key
)

select * from survived
