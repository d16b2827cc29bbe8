-- one row per known person, attribute and value of the state they are in at as_of
with

placed as (
    select * from {{ ref('int_persons_placed') }}
),

lifecycles as (
    select * from {{ ref('int_person_lifecycle_known') }}
    where exited_at is null
),

products as (
    select * from {{ ref('int_moment_products_listed') }}
),

holidays as (
    select * from {{ ref('int_person_holidays_listed') }}
),

restraints as (
    select
        person_id,
        reason
    from {{ ref('int_frequency_caps_reached') }}
    union
    select
        person_id,
        reason
    from {{ ref('int_sunsets_reached') }}
    union
    select
        person_id,
        reason
    from {{ ref('int_person_exclusions_listed') }}
),

states as (
    select
        person_id,
        'lifecycle' as attribute,
        lifecycle as value_text,
        cast(null as decimal(18, 6)) as value_number
    from lifecycles
    union all
    select
        person_id,
        'restraint' as attribute,
        reason as value_text,
        cast(null as decimal(18, 6)) as value_number
    from restraints
    union all
    select
        person_id,
        'products_of_' || moment as attribute,
        products as value_text,
        cast(null as decimal(18, 6)) as value_number
    from products
    union all
    select
        person_id,
        'month_day' as attribute,
        cast(null as varchar(255)) as value_text,
        cast(
            extract(month from {{ local_date(as_of()) }}) * 100
            + extract(day from {{ local_date(as_of()) }}) as decimal(18, 6)
        ) as value_number
    from placed
    union all
    select * from holidays
)

select * from states
