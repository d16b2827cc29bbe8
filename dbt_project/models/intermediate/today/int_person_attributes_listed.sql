-- one row per known person, attribute and value: what segment rules may ask of a person at as_of
with

placed as (
    select * from {{ ref('int_persons_placed') }}
),

texts as (
    select * from {{ ref('int_person_texts_listed') }}
),

numbers as (
    select * from {{ ref('int_person_numbers_listed') }}
),

listed as (
    select
        person_id as entity_id,
        attribute,
        value_text,
        cast(null as decimal(18, 6)) as value_number,
        cast(null as date) as value_date
    from texts
    where value_text is not null
    union all
    select
        person_id as entity_id,
        attribute,
        cast(null as varchar(255)) as value_text,
        value_number,
        cast(null as date) as value_date
    from numbers
    where value_number is not null
),

known as (
    select listed.*
    from listed
    inner join placed
        on listed.entity_id = placed.person_id
)

select * from known
