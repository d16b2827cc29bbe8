-- one row per statement of a customer and how the rows of score_measures mark its score
{%- set marks = {
    'promoter': 'nps_promoters',
    'detractor': 'nps_detractors',
    'satisfied': 'csat_satisfied',
    'good': 'nps_promoters|csat_satisfied|mention_good_reviews',
    'low': 'nps_detractors|csat_low|mention_bad_reviews',
} %}
with

statements as (
    select * from {{ ref('int_answers_placed') }}
),

rules as (
    select * from {{ ref('score_measures') }}
    where is_active
),

tried as (
    select
        statements.statement_id,
        rules.measure_id,
        case
            when
                statements.score >= coalesce(rules.from_score, statements.score)
                and statements.score < coalesce(rules.below_score, statements.score + 1)
                then 1
            else 0
        end as is_hit
    from statements
    inner join rules
        on statements.answer_source = rules.answer_source
        and statements.answer_kind = coalesce(rules.answer_kind, statements.answer_kind)
    where statements.score is not null
),

-- a kind of answers without a row is not asked: its mark is null, not false
judged as (
    select
        {%- for mark, measures in marks.items() %}
        max(case
            when {{ list_has("'" ~ measures ~ "'", 'measure_id') }}
                then is_hit
        end) as is_{{ mark }},
        {%- endfor %}
        statement_id
    from tried
    group by statement_id
),

marked as (
    select
        {%- for mark in marks %}
        judged.is_{{ mark }},
        {%- endfor %}
        statements.*
    from statements
    left join judged
        on statements.statement_id = judged.statement_id
)

select * from marked
