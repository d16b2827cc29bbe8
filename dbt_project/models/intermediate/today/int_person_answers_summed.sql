-- one row per person with such attributes: the newest answers and what records say, side by side
{%- set numbers = ['last_nps', 'last_csat', 'loyalty_points'] %}
{%- set lists = ['opportunity_roles', 'experiment_variants'] %}
{%- set facts = ['has_open_ticket', 'was_referred'] %}
with

answers as (
    select
        person_id,
        attribute,
        value_text,
        value_number
    from {{ ref('int_person_answers_listed') }}
),

traits as (
    select
        person_id,
        attribute,
        value_text,
        value_number
    from {{ ref('int_person_traits_listed') }}
),

unioned as (
    select * from answers
    union all
    select * from traits
),

summed as (
    select
        person_id,
        {%- for attribute in numbers %}
        cast(max(case when attribute = '{{ attribute }}' then value_number end) as decimal(18, 2))
            as {{ attribute }},
        {%- endfor %}
        {%- for attribute in lists %}
        {{ ordered_list("case when attribute = '" ~ attribute ~ "' then value_text end") }}
            as {{ attribute }},
        {%- endfor %}
        {%- for attribute in facts %}
        max(case when attribute = '{{ attribute }}' then 1 else 0 end) = 1 as {{ attribute }},
        {%- endfor %}
        max(case when attribute = 'loyalty_tier' then value_text end) as loyalty_tier
    from unioned
    group by person_id
)

select * from summed
