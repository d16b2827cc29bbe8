-- assessed accounts without a profile: no tier takes them, so a row of icp_tiers without conditions is missing
-- do: add a row to icp_tiers.csv without bounds: it takes whoever no other tier does
with

assessments as (
    select distinct account_id from {{ ref('fct_icp_assessments') }}
),

profiles as (
    select * from {{ ref('dim_icp_profiles') }}
)

select assessments.account_id
from assessments
left join profiles
    on assessments.account_id = profiles.account_id
where profiles.account_id is null
