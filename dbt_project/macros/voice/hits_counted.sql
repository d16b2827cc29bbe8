{# CTEs: cases and hits per group, what is at stake (the open amount of each account once) and up to five journeys; the
   last is `counted`. Expects the relation cases in scope. #}
{% macro hits_counted(group) -%}
numbered as (
    select
        *,
        row_number() over (
            partition by {{ group | join(', ') }}
            order by is_hit desc, journey_id nulls last, case_id asc
        ) as example_number,
        row_number() over (
            partition by {{ group | join(', ') }}, account_id
            order by is_hit desc, case_id asc
        ) as account_number
    from cases
),

counted as (
    select
        {{ group | join(',\n        ') }},
        count(*) as n,
        sum(is_hit) as hits,
        sum(case when is_hit = 1 and account_number = 1 then open_amount end) as stake,
        {{ ordered_list('case when is_hit = 1 and example_number <= 5 then journey_id end') }}
            as example_journeys
    from numbered
    group by {{ group | join(', ') }}
)
{%- endmacro %}
