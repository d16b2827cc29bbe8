-- one row per kind, stage, motion and group of cases: how many are hits, of whom, at what stake
{%- set of_many = "'touched', 'segment'" %}
{%- set slice = 'counted.kind, counted.population, counted.motion, counted.slice_type' %}
with

cases as (
    select * from {{ ref('int_cases_sliced') }}
),

{{ hits_counted(['kind', 'population', 'motion', 'slice_type', 'slice_value']) }},

against_all as (
    select
        counted.*,
        -- who has one group of a slice at most is compared with those who have another
        case
            when counted.slice_type in ({{ of_many }}) then wholes.n
            else cast(sum(counted.n) over (partition by {{ slice }}) as bigint)
        end as whole_n,
        case
            when counted.slice_type in ({{ of_many }}) then wholes.hits
            else cast(sum(counted.hits) over (partition by {{ slice }}) as bigint)
        end as whole_hits
    from counted
    inner join counted as wholes
        on counted.kind = wholes.kind
        and counted.population = wholes.population
        and counted.motion = wholes.motion
        and wholes.slice_type = 'all'
)

select * from against_all
