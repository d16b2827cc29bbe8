-- one row per day of the months in which anything happened
with

spans as (
    select * from {{ ref('int_dates_spanned') }}
),

-- a mistyped year must not make a calendar of two thousand years
span as (
    select
        greatest(min(first_date), cast('1990-01-01' as date)) as first_date,
        max(last_date) as last_date
    from spans
),

days as (
    select
        {{ date_series(
            "cast(date_trunc('month', first_date) as date)",
            "cast(last_day(last_date) as date)"
        ) }} as date_day
    from span
    where last_date >= first_date
),

described as (
    select
        date_day as date,
        cast(date_trunc('month', date_day) as date) as month,
        cast(date_trunc('quarter', date_day) as date) as quarter,
        cast(extract(year from date_day) as bigint) as year,
        cast(extract(week from date_day) as bigint) as iso_week,
        {{ iso_weekday('date_day') }} as iso_weekday,
        {{ iso_weekday('date_day') }} > 5 as is_weekend
    from days
)

select * from described
