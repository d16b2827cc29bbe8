-- one row per known person who belongs to no company: with the account that stands for it
with

companies as (
    select * from {{ ref('int_companies_survived') }}
),

links as (
    select * from {{ ref('int_persons_linked_to_accounts') }}
    where is_chosen
),

persons as (
    select * from {{ ref('int_persons_survived') }}
),

rules as (
    select * from {{ ref('account_match_rules') }}
),

individuals as (
    select
        links.account_id,
        rules.motion,
        persons.*
    from links
    inner join rules
        on links.rule_id = rules.rule_id
    inner join persons
        on links.person_id = persons.person_id
    left join companies
        on links.account_id = companies.account_id
    where companies.account_id is null
)

select * from individuals
