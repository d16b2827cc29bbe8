-- one row per kind of pain, stage and group of cases that were compared with all others
with

findings as (
    select * from {{ ref('int_findings_judged') }}
),

published as (
    {{ findings_of('pain') }}
)

select * from published
