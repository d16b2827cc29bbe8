-- one row per touchpoint as one system saw it, with its person; duplicates are still apart
with

candidates as (
    select * from {{ touched(ref('int_touchpoint_candidates_of_visits')) }}
    union all
    select * from {{ touched(ref('int_touchpoint_candidates_of_sales')) }}
    union all
    select * from {{ touched(ref('int_touchpoint_candidates_of_voices')) }}
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

identifier_types as (
    select * from {{ ref('identifier_types') }}
),

with_persons as (
    select
        candidates.*,
        identifiers.person_id,
        coalesce(identifier_types.makes_known, false) as names_person
    from candidates
    left join identifiers
        on candidates.identifier_id = identifiers.identifier_id
    left join identifier_types
        on identifiers.identifier_type = identifier_types.identifier_type
)

select * from with_persons
