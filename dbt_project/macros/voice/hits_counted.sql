{# CTEs: cases and hits per group, what is at stake (the open amount of each account once) and up to five journeys; the
   last is `counted`. Only hits are put in order: they are few. Expects the relation cases in scope. #}
{% macro hits_counted(group) -%}
hits_numbered as (
    select
        *,
        row_number() over (
            partition by {{ group | join(', ') }}
            order by journey_id nulls last, case_id asc
        ) as example_number,
        row_number() over (
            partition by {{ group | join(', ') }}, account_id
            order by case_id asc
        ) as account_number
    from cases
    where is_hit = 1
),

hits_summed as (
    select
        {{ group | join(',\n        ') }},
        sum(case when account_number = 1 then open_amount end) as stake,
        {{ ordered_list('case when example_number <= 5 then journey_id end') }} as example_journeys
    from hits_numbered
    group by {{ group | join(', ') }}
),

cases_counted as (
    select
        {{ group | join(',\n        ') }},
        count(*) as n,
        sum(is_hit) as hits
    from cases
    group by {{ group | join(', ') }}
),

counted as (
    select
        cases_counted.*,
        hits_summed.stake,
        coalesce(hits_summed.example_journeys, '[]') as example_journeys
    from cases_counted
    left join hits_summed
        on {% for column in group -%}
        {{ '' if loop.first else '        and ' }}cases_counted.{{ column }} = hits_summed.{{ column }}
        {% endfor %}
)
{%- endmacro %}
