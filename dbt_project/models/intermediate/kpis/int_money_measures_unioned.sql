-- one row per measure of outcomes and money, scope and period
with

unioned as (
    {{ union_measures([
        'int_conversion_measures_listed',
        'int_credit_measures_listed',
        'int_referred_measures_listed',
        'int_item_measures_listed',
        'int_cost_measures_listed',
        'int_billing_measures_listed',
    ]) }}
)

select * from unioned
