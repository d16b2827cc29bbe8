-- one row per measure that score_measures makes of scores, scope and month
with

answers as (
    select * from {{ ref('int_answers_scored') }}
    where score is not null
),

rules as (
    select * from {{ ref('score_measures') }}
    where is_active
),

weighed as (
    select
        rules.measure_id,
        answers.platform,
        answers.month,
        rules.weight
    from answers
    inner join rules
        on answers.answer_source = rules.answer_source
        and answers.answer_kind = coalesce(rules.answer_kind, answers.answer_kind)
        and answers.score >= coalesce(rules.from_score, answers.score)
        and answers.score < coalesce(rules.below_score, answers.score + 1)
),

scoped as (
    select
        measure_id,
        'all' as scope_type,
        'all' as scope_id,
        month,
        weight
    from weighed
    union all
    select
        measure_id,
        'platform' as scope_type,
        platform as scope_id,
        month,
        weight
    from weighed
    where platform is not null
),

measures as (
    select
        measure_id,
        scope_type,
        scope_id,
        'month' as period_type,
        month as period_start,
        cast(sum(weight) as decimal(18, 4)) as value
    from scoped
    group by measure_id, scope_type, scope_id, month
)

select * from measures
