-- one row per person of whom a title, a department or a role is known: seniority, role, persona
with

persons as (
    select * from {{ ref('int_persons_survived') }}
    where is_known
),

titles as (
    select * from {{ ref('int_titles_classified') }}
),

roles as (
    select * from {{ ref('int_person_roles_chosen') }}
),

links as (
    select * from {{ ref('int_persons_linked_to_accounts') }}
    where is_chosen and valid_to is null
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

persona_rules as (
    select * from {{ ref('persona_rules') }}
),

described as (
    select
        persons.person_id,
        coalesce(titles.seniority, case when persons.title is not null then 'unknown' end)
            as seniority,
        titles.seniority_rule_id,
        coalesce(titles.department, departments.department) as department,
        coalesce(titles.department_rule_id, departments.department_rule_id) as department_rule_id,
        roles.buying_role as stated_role,
        accounts.motion,
        accounts.employee_count
    from persons
    left join titles
        on persons.title = titles.title
    left join titles as departments
        on persons.department = departments.title
    left join roles
        on persons.person_id = roles.person_id
    left join links
        on persons.person_id = links.person_id
    left join accounts
        on links.account_id = accounts.account_id
    where coalesce(persons.title, persons.department, roles.buying_role) is not null
),

attributes as (
    {{ listed_attributes('described', 'person_id', texts=[
        ('seniority', 'seniority'), ('department', 'department'), ('stated_role', 'stated_role'),
        ('motion', 'motion'),
    ], numbers=[('employee_count', 'employee_count')]) }}
),

derived_roles as (
    {{ first_matching_rule('persona_rules', 'attributes', 'buying_role') }}
),

personas as (
    {{ first_matching_rule('persona_rules', 'attributes', 'persona') }}
),

chosen as (
    select
        described.person_id,
        described.seniority,
        described.department,
        coalesce(described.stated_role, derived_roles.result) as buying_role,
        personas.result as persona,
        described.stated_role is null and derived_roles.result is not null as is_role_derived,
        described.seniority_rule_id,
        described.department_rule_id,
        case when described.stated_role is null then derived_roles.rule_id end as role_rule_id,
        personas.rule_id as persona_rule_id
    from described
    left join derived_roles
        on described.person_id = derived_roles.entity_id
    left join personas
        on described.person_id = personas.entity_id
)

select * from chosen
