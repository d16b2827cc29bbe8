-- one row per measure of each conversion type, scope and month
with

conversions as (
    select
        *,
        {{ local_month('occurred_at') }} as month
    from {{ ref('int_conversions_unioned') }}
),

measures as (
    {{ list_measures(
        relation='conversions',
        month='month',
        scopes={'all': "'all'", 'motion': 'motion'},
        measures={
            'conversions': 'count(*)',
            'priced_conversions': 'count(amount)',
            'conversion_amount': 'sum(amount)',
        },
        prefix='conversion_type',
    ) }}
)

select * from measures
