-- one row per moment at which a forecast is made: now, and the first of each past month
with

build_moment as (
    select * from {{ ref('int_moment_of_build') }}
),

settings as (
    select * from {{ ref('forecast_settings') }}
    where setting_id = 'default'
),

spans as (
    select
        cast(date_trunc(
            'month', {{ add_days('build_moment.as_of', '-settings.backtest_days') }}
        ) as date) as first_month,
        cast(date_trunc('month', {{ add_days('build_moment.as_of', '-1') }}) as date) as last_month
    from build_moment
    cross join settings
),

month_starts as (
    select {{ date_series('first_month', 'last_month', '1 month') }} as month_start
    from spans
),

listed as (
    select
        as_of as forecast_at,
        true as is_current
    from build_moment
    union all
    select
        cast(month_start as timestamp) as forecast_at,
        false as is_current
    from month_starts
)

select * from listed
