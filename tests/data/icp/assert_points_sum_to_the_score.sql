-- accounts whose profile is not the sum of their assessments
-- do: compare the account's rows of fct_icp_assessments with dim_icp_profiles: one of the two
-- counts a criterion twice
with

assessments as (
    select
        account_id,
        sum(points) as met_points,
        sum(case when met is not null then possible_points else 0 end) as known_points
    from {{ ref('fct_icp_assessments') }}
    group by account_id
),

profiles as (
    select * from {{ ref('dim_icp_profiles') }}
)

select profiles.account_id
from profiles
left join assessments
    on profiles.account_id = assessments.account_id
where
    assessments.account_id is null
    or profiles.met_points <> assessments.met_points
    or profiles.known_points <> assessments.known_points
    or abs(profiles.score * assessments.known_points - 100 * assessments.met_points)
    > assessments.known_points * 0.01
