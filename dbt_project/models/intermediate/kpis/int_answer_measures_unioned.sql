-- one row per measure of what people said and did next, scope and period
with

unioned as (
    {{ union_measures([
        'int_ticket_measures_listed',
        'int_answer_measures_listed',
        'int_score_measures_listed',
        'int_referral_measures_listed',
        'int_follow_measures_listed',
        'int_experiment_measures_listed',
    ]) }}
)

select * from unioned
