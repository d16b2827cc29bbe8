-- one row per kind, stage and group of cases: how many are hits, of whom, at what stake
{%- set group = ['kind', 'population', 'slice_type', 'slice_value'] %}
with

cases as (
    select * from {{ ref('int_cases_sliced') }}
),

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
),

against_all as (
    select
        counted.*,
        wholes.n as whole_n,
        wholes.hits as whole_hits
    from counted
    inner join counted as wholes
        on counted.kind = wholes.kind
        and counted.population = wholes.population
        and wholes.slice_type = 'all'
)

select * from against_all
