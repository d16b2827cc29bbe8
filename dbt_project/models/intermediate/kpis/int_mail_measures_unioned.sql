-- one row per measure of mails, scope and period
with

unioned as (
    {{ union_measures([
        'int_email_measures_listed',
        'int_email_conversion_measures_listed',
        'int_email_habit_measures_listed',
    ]) }}
)

select * from unioned
