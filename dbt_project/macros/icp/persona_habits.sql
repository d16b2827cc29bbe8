{# what persons of a persona use most and what they say: the three values of each, sorted JSON lists. `persons`: person_id,
   persona; `habits` maps a name to an expression over touchpoints, `said` a name to kinds of surveys. An answer counts where
   two persons of the persona gave it: nobody's own words are shown; one whose motive is known counts for the motive.
   Returns a query: persona and all names. #}
{% macro persona_habits(persons, habits, said) -%}
with

used as (
    {%- for name, expression in habits.items() %}
    select
        persons.persona,
        '{{ name }}' as habit,
        {{ expression }} as value,
        count(*) as uses
    from {{ persons }} as persons
    inner join {{ ref('int_touchpoints_resolved') }} as touchpoints
        on persons.person_id = touchpoints.person_id
    where touchpoints.earns_credit
        and not touchpoints.is_bot
        and {{ expression }} is not null
    group by persons.persona, {{ expression }}
    union all
    {%- endfor %}
    {%- for name, kinds in said.items() %}
    select
        persons.persona,
        '{{ name }}' as habit,
        coalesce(motives.motive, lower(trim(answers.verbatim))) as value,
        count(distinct persons.person_id) as uses
    from {{ persons }} as persons
    inner join {{ ref('int_answers_placed') }} as answers
        on persons.person_id = answers.person_id
    left join {{ ref('int_motives_stated') }} as motives
        on answers.statement_id = motives.statement_id
    where answers.answer_source = 'survey'
        and answers.answer_kind in ('{{ kinds | join("', '") }}')
        and answers.verbatim is not null
    group by persons.persona, coalesce(motives.motive, lower(trim(answers.verbatim)))
    having count(distinct persons.person_id) >= 2
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

ranked as (
    select
        *,
        row_number() over (partition by persona, habit order by uses desc, value asc) as place
    from used
),

favourites as (
    select
        {%- for name in (habits.keys() | list) + (said.keys() | list) %}
        {{ ordered_list("case when habit = '" ~ name ~ "' and place <= 3 then value end") }}
            as {{ name }},
        {%- endfor %}
        persona
    from ranked
    group by persona
)

select * from favourites
{%- endmacro %}
