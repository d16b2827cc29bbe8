-- one row per statement of a customer and how the rows of score_measures mark its score
with

statements as (
    select * from {{ ref('int_answers_placed') }}
),

rules as (
    select * from {{ ref('score_measures') }}
    where is_active
),

judged as (
    {{ score_marks() }}
),

marked as (
    select
        {%- for mark in marks_of_scores() %}
        judged.is_{{ mark }},
        {%- endfor %}
        statements.*
    from statements
    left join judged
        on statements.statement_id = judged.statement_id
)

select * from marked
