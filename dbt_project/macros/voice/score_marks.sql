{# the marks of scores, and the measures of score_measures whose ranges give them, as a|b #}
{% macro marks_of_scores() -%}
    {{ return({
        'promoter': 'nps_promoters',
        'detractor': 'nps_detractors',
        'satisfied': 'csat_satisfied',
        'good': 'nps_promoters|csat_satisfied|mention_good_reviews',
        'low': 'nps_detractors|csat_low|mention_bad_reviews',
    }) }}
{%- endmacro %}

{# query: per statement with a score each mark as 1 or 0; null where no row asks it of such statements.
   Expects the relations statements and rules in scope. #}
{% macro score_marks() -%}
    select
        {%- for mark, measures in marks_of_scores().items() %}
        max(case
            when {{ list_has("'" ~ measures ~ "'", 'rules.measure_id') }}
                then case
                    when
                        statements.score >= coalesce(rules.from_score, statements.score)
                        and statements.score < coalesce(rules.below_score, statements.score + 1)
                        then 1
                    else 0
                end
        end) as is_{{ mark }},
        {%- endfor %}
        statements.statement_id
    from statements
    inner join rules
        on statements.answer_source = rules.answer_source
        and statements.answer_kind = coalesce(rules.answer_kind, statements.answer_kind)
    where statements.score is not null
    group by statements.statement_id
{%- endmacro %}
