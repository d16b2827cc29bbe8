-- one row per known person, attribute and value: what rules may ask of a person at as_of
with

placed as (
    select * from {{ ref('int_persons_placed') }}
),

texts as (
    select
        person_id,
        attribute,
        value_text
    from {{ ref('int_person_texts_listed') }}
    where value_text is not null
),

numbers as (
    select * from {{ ref('int_person_numbers_listed') }}
    where value_number is not null
),

answers_and_states as (
    select * from {{ ref('int_person_answers_listed') }}
    union all
    select * from {{ ref('int_person_states_listed') }}
),

account_states as (
    select * from {{ ref('int_account_states_listed') }}
),

traits as (
    select * from {{ ref('int_person_traits_listed') }}
),

listed as (
    select
        person_id as entity_id,
        attribute,
        value_text,
        cast(null as decimal(18, 6)) as value_number,
        cast(null as date) as value_date
    from texts
    union all
    select
        person_id as entity_id,
        attribute,
        cast(null as varchar(255)) as value_text,
        value_number,
        cast(null as date) as value_date
    from numbers
    union all
    select
        person_id as entity_id,
        attribute,
        value_text,
        value_number,
        cast(null as date) as value_date
    from answers_and_states
    union all
    select
        placed.person_id as entity_id,
        account_states.attribute,
        account_states.value_text,
        account_states.value_number,
        account_states.value_date
    from account_states
    inner join placed
        on account_states.account_id = placed.account_id
    union all
    select
        person_id as entity_id,
        attribute,
        value_text,
        value_number,
        value_date
    from traits
),

known as (
    select listed.*
    from listed
    inner join placed
        on listed.entity_id = placed.person_id
)

select * from known
