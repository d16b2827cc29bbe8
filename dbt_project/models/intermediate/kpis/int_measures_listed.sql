-- one row per measure, scope and period
with

unioned as (
    {{ union_measures([
        'int_reach_measures_unioned',
        'int_answer_measures_unioned',
        'int_money_measures_unioned',
    ]) }}
)

select * from unioned
