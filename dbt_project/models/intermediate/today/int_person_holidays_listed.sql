-- one row per known person and holiday of their country: the days until it comes next
with

placed as (
    select * from {{ ref('int_persons_placed') }}
),

coming as (
    select * from {{ ref('holidays') }}
    where is_active and day >= {{ local_date(as_of()) }}
),

next_days as (
    select
        country_code,
        holiday,
        min(day) as day
    from coming
    group by country_code, holiday
),

counted as (
    select
        placed.person_id,
        'days_until_' || next_days.holiday as attribute,
        cast(null as varchar(255)) as value_text,
        cast(
            {{ whole_days('cast(next_days.day as timestamp)') }}
            - {{ whole_days('cast(' ~ local_date(as_of()) ~ ' as timestamp)') }} as decimal(18, 6)
        ) as value_number
    from placed
    inner join next_days
        on placed.country_code = next_days.country_code
)

select * from counted
