-- one row per measure of each kind of answer, scope and month
with

answers as (
    select
        *,
        answer_source || '_' || answer_kind as counted_as
    from {{ ref('int_answers_scored') }}
),

measures as (
    {{ list_measures(
        relation='answers',
        month='month',
        scopes={'all': "'all'", 'platform': 'platform'},
        measures={
            'answers': 'count(*)',
            'scored': 'count(score)',
            'score_sum': 'sum(score)',
        },
        prefix='counted_as',
    ) }}
)

select * from measures
