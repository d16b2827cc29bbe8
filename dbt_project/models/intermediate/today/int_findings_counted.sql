-- one row per kind, stage and group of cases: how many are hits, of whom, at what stake
with

cases as (
    select * from {{ ref('int_cases_sliced') }}
),

{{ hits_counted(['kind', 'population', 'slice_type', 'slice_value']) }},

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
