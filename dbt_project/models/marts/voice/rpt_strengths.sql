-- one row per kind of strength, stage and group of cases that were compared with all others
with

findings as (
    select * from {{ ref('int_findings_judged') }}
),

published as (
    {{ findings_of('strength') }}
)

select * from published
