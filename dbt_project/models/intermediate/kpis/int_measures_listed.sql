-- one row per measure, scope and period
with

web as (
    select * from {{ ref('int_web_measures_listed') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoint_measures_listed') }}
),

ads as (
    select * from {{ ref('int_ad_measures_listed') }}
),

emails as (
    select * from {{ ref('int_email_measures_listed') }}
),

conversions as (
    select * from {{ ref('int_conversion_measures_listed') }}
),

credits as (
    select * from {{ ref('int_credit_measures_listed') }}
),

unioned as (
    select * from web
    union all
    select * from touchpoints
    union all
    select * from ads
    union all
    select * from emails
    union all
    select * from conversions
    union all
    select * from credits
),

known as (
    select * from unioned
    where value is not null
)

select * from known
